using Fairway.Bgp.Rib.Tables;
using Fairway.Net;

namespace Fairway.Bgp.Rib;

/// <summary>Learned routes for the dataplane.</summary>
public sealed partial class BgpRib
{
    /// <summary>Prefixes whose learned route changed are waiting, or a family completed.</summary>
    public bool HasLearned => Array.Exists(_families, static family => family.Table.LearnedCount > 0 || family.IsCompletionDue);

    /// <summary>Takes up to <paramref name="max"/> prefixes off the dirty set, in newest state; returns how many were added.</summary>
    public int DrainLearned(int max, ICollection<RibLearned> into)
    {
        var drained = 0;
        foreach (var family in _families)
        {
            var table = family.Table;
            while (drained < max && table.TryTakeLearned(out var prefix))
            {
                drained += Drain(family, prefix, into) ? 1 : 0;
                table.Drained(prefix);
            }
        }

        return drained;
    }

    /// <summary>Families whose selection has run since start (or since <see cref="ResumeSelection"/>) with all of it drained; each is told once.</summary>
    public IReadOnlyList<AddressFamily> DrainCompletedFamilies()
    {
        var completed = new List<AddressFamily>();
        foreach (var family in _families)
        {
            if (!family.IsCompletionDue)
                continue;
            family.CompletionTold();
            completed.Add(family.Family);
        }

        return completed;
    }

    /// <summary>Looks a prefix up without taking it off the dirty set.</summary>
    public RibLearned FindLearned(IpPrefix prefix)
    {
        var table = TableOf(prefix);
        var id = table.Find(prefix);
        return id == 0 ? new(prefix, []) : LearnedOf(table, id);
    }

    // A prefix that waits for its decision is told after that: a route that is only being replaced must not go in between.
    private bool Drain(RibFamily family, uint prefix, ICollection<RibLearned> into)
    {
        var table = family.Table;
        ref var entry = ref table.Prefix(prefix);
        if ((entry.Flags & PrefixFlags.Dirty) != 0)
        {
            entry.Flags |= PrefixFlags.LearnedChanged;
            family.PostponeCompletion();
            return false;
        }

        into.Add(LearnedOf(table, prefix));
        return true;
    }

    private RibLearned LearnedOf(FamilyTable table, uint prefix)
    {
        ref var entry = ref table.Prefix(prefix);
        var best = table.UsableBest(prefix);
        if (best == 0 || (entry.Flags & PrefixFlags.Local) != 0)
            return new(table.PrefixOf(prefix), []);
        var paths = new List<RibLearnedPath> { LearnedPathOf(table, best) };
        for (var id = entry.FirstPath; id != 0; id = table.Path(id).NextOfPrefix)
        {
            if (id != best && (table.Path(id).Flags & PathFlags.Selected) != 0 && table.Path(id).Accepted != 0)
                paths.Add(LearnedPathOf(table, id));
        }

        paths.Sort(1, paths.Count - 1, ByPeer.Instance);
        return new(table.PrefixOf(prefix), paths.ToValueList());
    }

    private RibLearnedPath LearnedPathOf(FamilyTable table, uint id)
    {
        ref var path = ref table.Path(id);
        var peer = Peer(path.Peer);
        var key = _nextHops[path.NextHop].Key;
        return new(peer, key.Query!.Value, key.LinkLocal, peer.Options.Learned.Install);
    }

    // The order in which paths arrived must not show.
    private sealed class ByPeer : IComparer<RibLearnedPath>
    {
        public static readonly ByPeer Instance = new();

        public int Compare(RibLearnedPath? x, RibLearnedPath? y) => x!.Peer.Options.Key.CompareTo(y!.Peer.Options.Key);
    }
}
