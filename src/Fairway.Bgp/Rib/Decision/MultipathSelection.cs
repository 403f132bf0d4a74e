using Fairway.Net.Options;

namespace Fairway.Bgp.Rib.Decision;

/// <summary>Which paths share the load with the best one.</summary>
public static class MultipathSelection
{
    /// <summary>
    /// Those equal through step e that fit the limit of the best path's type, nearest in the tie-breakers first. Without
    /// <see cref="MultipathOptions.RelaxAsPath"/> their AS_PATH must be the best's own, which <paramref name="sameAsPath"/> answers.
    /// The best itself is not in the list.
    /// </summary>
    public static void Select(
        ReadOnlySpan<Candidate> candidates,
        ReadOnlySpan<DecisionStep> steps,
        int best,
        MultipathOptions options,
        Func<int, int, bool> sameAsPath,
        List<int> others)
    {
        others.Clear();
        var limit = candidates[best].IsExternal ? options.Ebgp : options.Ibgp;
        if (limit <= 1 || candidates[best].IsLocal)
            return;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (i != best && steps[i] >= DecisionStep.RouterId && (options.RelaxAsPath || sameAsPath(best, i)))
                Insert(others, candidates, i);
        }

        if (others.Count > limit - 1)
            others.RemoveRange(limit - 1, others.Count - (limit - 1));
    }

    private static void Insert(List<int> others, ReadOnlySpan<Candidate> candidates, int index)
    {
        var at = 0;
        while (at < others.Count && ComesBefore(candidates[others[at]], candidates[index]))
            at++;
        others.Insert(at, index);
    }

    private static bool ComesBefore(in Candidate left, in Candidate right) =>
        left.RouterId == right.RouterId ? left.Peer < right.Peer : left.RouterId < right.RouterId;
}
