using Fairway.Bgp.Rib.Rules;
using Fairway.Bgp.Rib.Tables;

namespace Fairway.Bgp.Rib.Groups;

/// <summary>Peers with the same <see cref="ExportTarget"/>: what they are sent is decided once for all of them (design D9).</summary>
internal sealed class UpdateGroup
{
    private readonly ExportValues _values;
    private readonly RouteExporter _exporter;

    public UpdateGroup(ExportTarget target, FamilyTable table, ExportValues values, RouteExporter exporter)
    {
        Target = target;
        Table = table;
        Log = new(table, values);
        _values = values;
        _exporter = exporter;
    }

    public ExportTarget Target { get; }

    public FamilyTable Table { get; }

    public UpdateLog Log { get; }

    public List<GroupMember> Members { get; } = [];

    public SharedUpdates Shared { get; } = new();

    public AttributeStore Attributes => _values.Attributes;

    /// <summary>Prefixes below are evaluated; a new group starts at 0 and is filled in pieces.</summary>
    public uint FillPosition { get; private set; }

    public bool IsFilled { get; private set; }

    public uint View(ExportValue value, RibPeer peer) => _values.View(value, peer);

    /// <summary>Evaluates the next prefix of a new group.</summary>
    public void FillNext()
    {
        if (FillPosition >= Table.HighWater)
        {
            IsFilled = true;
            return;
        }

        if (Table.IsInUse(FillPosition))
            Log.Fill(FillPosition, _exporter.Evaluate(FillPosition));
        FillPosition++;
    }

    /// <summary>Evaluates a prefix whose route may have changed.</summary>
    public void Update(uint prefix)
    {
        if (IsFilled || prefix < FillPosition)
            Log.Change(prefix, _exporter.Evaluate(prefix));
    }

    /// <summary>Forgets what was evaluated before: a repair trusts nothing.</summary>
    public void ForgetOutcomes() => _exporter.Forget();

    public void CompactIfLong()
    {
        if (!Log.IsLong)
            return;
        var cursors = Members.ConvertAll(member => member.Cursor).ToArray();
        Log.Compact(cursors);
        for (var i = 0; i < cursors.Length; i++)
            Members[i].Cursor = cursors[i];
    }
}
