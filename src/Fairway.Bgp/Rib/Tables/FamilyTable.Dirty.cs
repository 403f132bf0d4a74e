namespace Fairway.Bgp.Rib.Tables;

/// <summary>Prefixes that wait: for a decision, and to be drained as learned routes. A prefix waits once, however often it changes.</summary>
internal sealed partial class FamilyTable
{
    private readonly Queue<uint> _dirty = new();
    private readonly Queue<uint> _learned = new();

    /// <summary>Nothing is decided or sent (RFC 4724 §4.1).</summary>
    public bool IsDeferred { get; set; }

    public int DirtyCount => _dirty.Count;

    public int LearnedCount => _learned.Count;

    /// <summary>How many prefixes ever became dirty, and how many of them were decided: what was dirty at mark n is done once n were decided.</summary>
    public long DirtyMark { get; private set; }

    public long DecidedMark { get; private set; }

    /// <summary>The same for learned routes.</summary>
    public long LearnedMark { get; private set; }

    public long DrainedMark { get; private set; }

    public void MarkDirty(uint prefix)
    {
        if (Mark(_dirty, prefix, PrefixFlags.Dirty))
            DirtyMark++;
    }

    /// <summary>Takes the next prefix to decide; its use becomes the caller's.</summary>
    public bool TryTakeDirty(out uint prefix) => TryTake(_dirty, PrefixFlags.Dirty, out prefix);

    /// <summary>Ends what <see cref="TryTakeDirty"/> began.</summary>
    public void Decided(uint prefix)
    {
        DecidedMark++;
        Release(prefix);
    }

    public void MarkLearned(uint prefix)
    {
        if (Mark(_learned, prefix, PrefixFlags.LearnedDirty))
            LearnedMark++;
    }

    /// <summary>Takes the next prefix whose learned route changed; its use becomes the caller's.</summary>
    public bool TryTakeLearned(out uint prefix) => TryTake(_learned, PrefixFlags.LearnedDirty, out prefix);

    public void Drained(uint prefix)
    {
        DrainedMark++;
        Release(prefix);
    }

    private bool Mark(Queue<uint> queue, uint prefix, PrefixFlags flag)
    {
        ref var entry = ref _prefixes[prefix];
        if ((entry.Flags & flag) != 0)
            return false;
        entry.Flags |= flag;
        queue.Enqueue(Hold(prefix));
        return true;
    }

    private bool TryTake(Queue<uint> queue, PrefixFlags flag, out uint prefix)
    {
        if (!queue.TryDequeue(out prefix))
            return false;
        _prefixes[prefix].Flags &= ~flag;
        return true;
    }
}
