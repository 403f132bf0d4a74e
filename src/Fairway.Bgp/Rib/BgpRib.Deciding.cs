using Fairway.Bgp.Rib.Tables;
using Fairway.Net;

namespace Fairway.Bgp.Rib;

/// <summary>Work in pieces: import again, decide, fill new groups.</summary>
public sealed partial class BgpRib
{
    private readonly List<Reimport> _reimports = [];

    /// <summary>Work is waiting for <see cref="Process"/>.</summary>
    public bool HasWork =>
        _reimports.Count > 0 || Array.Exists(_families, static family => (family.Table.DirtyCount > 0 && !family.Table.IsDeferred) || family.Groups.Exists(static group => !group.IsFilled));

    /// <summary>RFC 4724 §4.1, restarting speaker: nothing of the family is selected or sent until <see cref="ResumeSelection"/>.</summary>
    public void DeferSelection(AddressFamily family) => FindFamily(family)?.Defer();

    public void ResumeSelection(AddressFamily family) => FindFamily(family)?.Resume();

    /// <summary>Does up to <paramref name="budget"/> pieces of pending work (about one prefix each); returns how many it did, 0 when nothing is left.</summary>
    public int Process(int budget)
    {
        var done = 0;
        while (done < budget && (ImportNext() || DecideNext() || FillNext()))
            done++;
        foreach (var family in _families)
        {
            foreach (var group in family.Groups)
                group.CompactIfLong();
        }

        return done;
    }

    private void ImportAgain(RibPeer peer, FamilyTable table, bool isTreatmentChanged)
    {
        var pending = _reimports.Find(reimport => reimport.Peer == peer && reimport.Table == table);
        _reimports.Remove(pending!);
        _reimports.Add(new(peer, table) { IsTreatmentChanged = isTreatmentChanged || pending is { IsTreatmentChanged: true } });
    }

    private bool ImportNext()
    {
        if (_reimports.Count == 0)
            return false;
        var reimport = _reimports[0];
        var table = reimport.Table;
        if (reimport.Position >= table.HighWater)
        {
            _reimports.RemoveAt(0);
            return true;
        }

        var prefix = reimport.Position++;
        if (table.IsInUse(prefix) && table.FindPath(prefix, reimport.Peer.Index) is var path and not 0)
            ImportAgain(reimport, path);
        return true;
    }

    // The path is as fresh, or as stale, as it was.
    private void ImportAgain(Reimport reimport, uint path)
    {
        var (peer, table) = (reimport.Peer, reimport.Table);
        var received = table.Path(path).Received;
        var wasStale = (table.Path(path).Flags & PathFlags.Stale) != 0;
        var imported = Import(peer, table, table.PrefixOf(table.Path(path).Prefix), _attributes.Read(received));
        ReplacePath(peer, table, path, received, imported, reimport.IsTreatmentChanged);
        _attributes.Release(imported.Attributes);
        if (wasStale)
            MarkStale(peer, table, path);
    }

    private bool DecideNext()
    {
        foreach (var family in _families)
        {
            var table = family.Table;
            if (table.IsDeferred || !table.TryTakeDirty(out var prefix))
                continue;
            if (_selection.Decide(table, prefix))
                table.MarkLearned(prefix);
            foreach (var group in family.Groups)
                group.Update(prefix);
            table.Decided(prefix);
            return true;
        }

        return false;
    }

    private bool FillNext()
    {
        foreach (var family in _families)
        {
            if (family.Groups.Find(static group => !group.IsFilled) is { } group)
            {
                group.FillNext();
                return true;
            }
        }

        return false;
    }

    /// <summary>A peer's Adj-RIB-In is run through import again, prefix by prefix.</summary>
    private sealed class Reimport(RibPeer peer, FamilyTable table)
    {
        public RibPeer Peer { get; } = peer;

        public FamilyTable Table { get; } = table;

        public uint Position { get; set; }

        /// <summary>What is done with the routes changed, so every one of them counts as changed.</summary>
        public bool IsTreatmentChanged { get; init; }
    }
}
