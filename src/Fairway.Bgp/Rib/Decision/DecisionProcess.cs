namespace Fairway.Bgp.Rib.Decision;

/// <summary>
/// The decision process (RFC 4271 §9.1.2.2) as the RFC has it: each step removes what is worse, so that the outcome does not depend on the order
/// in which paths arrived. Pure.
/// </summary>
public static class DecisionProcess
{
    private const DecisionStep Alive = (DecisionStep)byte.MaxValue;

    private delegate long Key(in Candidate candidate);

    // Lower is better everywhere.
    private static readonly (DecisionStep Step, Key Key)[] BeforeMed =
    [
        (DecisionStep.Weight, static (in Candidate c) => -c.Weight),
        (DecisionStep.LocalPref, static (in Candidate c) => -c.LocalPref),
        (DecisionStep.LocalOrigin, static (in Candidate c) => c.IsLocal ? 0 : 1),
        (DecisionStep.AsPathLength, static (in Candidate c) => c.AsPathLength),
        (DecisionStep.Origin, static (in Candidate c) => (long)c.Origin),
    ];

    private static readonly (DecisionStep Step, Key Key)[] AfterMed =
    [
        (DecisionStep.PeerType, static (in Candidate c) => c.IsExternal ? 0 : 1),
        (DecisionStep.IgpMetric, static (in Candidate c) => c.IgpMetric),
        (DecisionStep.RouterId, static (in Candidate c) => c.RouterId.Value),
    ];

    /// <summary>Index of the best path of at least one; <paramref name="steps"/> (as long as <paramref name="candidates"/>) tells what decided each.</summary>
    public static int Select(ReadOnlySpan<Candidate> candidates, Span<DecisionStep> steps)
    {
        steps.Fill(Alive);
        var alive = candidates.Length;
        var last = DecisionStep.OnlyPath;
        foreach (var (step, key) in BeforeMed)
            Narrow(candidates, steps, step, key, ref alive, ref last);
        NarrowByMed(candidates, steps, ref alive, ref last);
        foreach (var (step, key) in AfterMed)
            Narrow(candidates, steps, step, key, ref alive, ref last);
        NarrowByPeer(candidates, steps, ref alive, ref last);

        var best = steps.IndexOf(Alive);
        steps[best] = last;
        return best;
    }

    private static void Narrow(ReadOnlySpan<Candidate> candidates, Span<DecisionStep> steps, DecisionStep step, Key key, ref int alive, ref DecisionStep last)
    {
        if (alive == 1)
            return;
        var least = long.MaxValue;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (steps[i] == Alive)
                least = Math.Min(least, key(candidates[i]));
        }

        for (var i = 0; i < candidates.Length; i++)
        {
            if (steps[i] == Alive && key(candidates[i]) != least)
                Remove(steps, i, step, ref alive, ref last);
        }
    }

    // RFC 4271 §9.1.2.2 c: only between paths of the same neighbor AS.
    private static void NarrowByMed(ReadOnlySpan<Candidate> candidates, Span<DecisionStep> steps, ref int alive, ref DecisionStep last)
    {
        if (alive == 1 || AllMedsEqual(candidates, steps))
            return;
        var lowest = new Dictionary<uint, uint>();
        for (var i = 0; i < candidates.Length; i++)
        {
            var (asn, med) = (candidates[i].NeighborAsn.Value, candidates[i].Med);
            if (steps[i] == Alive && (!lowest.TryGetValue(asn, out var known) || med < known))
                lowest[asn] = med;
        }

        for (var i = 0; i < candidates.Length; i++)
        {
            if (steps[i] == Alive && candidates[i].Med != lowest[candidates[i].NeighborAsn.Value])
                Remove(steps, i, DecisionStep.Med, ref alive, ref last);
        }
    }

    private static bool AllMedsEqual(ReadOnlySpan<Candidate> candidates, ReadOnlySpan<DecisionStep> steps)
    {
        uint? first = null;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (steps[i] != Alive)
                continue;
            first ??= candidates[i].Med;
            if (candidates[i].Med != first)
                return false;
        }

        return true;
    }

    private static void NarrowByPeer(ReadOnlySpan<Candidate> candidates, Span<DecisionStep> steps, ref int alive, ref DecisionStep last)
    {
        var best = steps.IndexOf(Alive);
        for (var i = best + 1; i < candidates.Length && alive > 1; i++)
        {
            if (steps[i] != Alive)
                continue;
            var isBetter = candidates[i].Peer < candidates[best].Peer;
            Remove(steps, isBetter ? best : i, DecisionStep.PeerAddress, ref alive, ref last);
            best = isBetter ? i : best;
        }
    }

    private static void Remove(Span<DecisionStep> steps, int index, DecisionStep step, ref int alive, ref DecisionStep last)
    {
        steps[index] = last = step;
        alive--;
    }
}
