using Fairway.Bgp.Rib.Groups;
using Fairway.Bgp.Rib.Tables;
using Fairway.Net;

namespace Fairway.Bgp.Rib;

/// <summary>One family: its table, its update groups, and how far a restart has come (RFC 4724 §4.1).</summary>
internal sealed class RibFamily(FamilyTable table)
{
    // What must be decided before re-learning is complete, and LearnedMark at the moment when it was.
    private long _completionMark;
    private long? _learnedTarget;
    private bool _isCompletionTold;

    public FamilyTable Table { get; } = table;

    public AddressFamily Family => Table.Family;

    public List<UpdateGroup> Groups { get; } = [];

    /// <summary>What was dirty when selection was resumed is decided once <see cref="FamilyTable.DecidedMark"/> comes here.</summary>
    public long ResumeMark { get; private set; }

    /// <summary>Selection has run and every learned route it gave was drained, and nobody was told yet.</summary>
    public bool IsCompletionDue
    {
        get
        {
            if (_isCompletionTold || Table.IsDeferred || Table.DecidedMark < _completionMark)
                return false;
            _learnedTarget ??= Table.LearnedMark;
            return Table.DrainedMark >= _learnedTarget;
        }
    }

    public void Defer()
    {
        Table.IsDeferred = true;
        _isCompletionTold = false;
    }

    public void Resume()
    {
        Table.IsDeferred = false;
        ResumeMark = Table.DirtyMark;
        PostponeCompletion();
    }

    /// <summary>A learned route was not told since it waits for another decision: completion waits for that too.</summary>
    public void PostponeCompletion()
    {
        _completionMark = Table.DirtyMark;
        _learnedTarget = null;
    }

    public void CompletionTold() => _isCompletionTold = true;
}
