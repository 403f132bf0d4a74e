using Fairway.Intents.Model;

namespace Fairway.Intents.Policy;

/// <summary>Looks whether the objects that wishes name are there. Such wishes are carried out as far as is safe, so these are warnings.</summary>
public static class References
{
    public static IReadOnlyList<SourceProblem> Check(IReadOnlyCollection<Intent> intents)
    {
        ArgumentNullException.ThrowIfNull(intents);
        var policies = intents.OfType<RoutePolicyIntent>().Select(policy => policy.Policy.Name).ToHashSet(StringComparer.Ordinal);
        var peers = intents.OfType<PeerIntent>().Select(peer => peer.Options.Name).ToHashSet(StringComparer.Ordinal);
        var problems = new List<SourceProblem>();
        foreach (var peer in intents.OfType<PeerIntent>())
        {
            Check(peer, peer.Families.SelectMany(family => family.Import), "spec.import", policies, problems);
            Check(peer, peer.Families.SelectMany(family => family.Export), "spec.export", policies, problems);
        }

        foreach (var advertisement in intents.OfType<AdvertisementIntent>().DistinctBy(advertisement => advertisement.Origin.Name))
        {
            CheckPeers(advertisement, peers, problems);
        }

        if (peers.Count > 0 && !intents.OfType<BgpInstanceIntent>().Any())
        {
            problems.Add(new(ProblemSeverity.Warning, ProblemReason.NoInstance, "there are peers and no BgpInstance, so there is no AS to speak for"));
        }

        return problems;
    }

    private static void Check(PeerIntent peer, IEnumerable<string> names, string field, HashSet<string> policies, List<SourceProblem> problems)
    {
        foreach (var name in names.Distinct().Where(name => !policies.Contains(name)))
        {
            var message = $"there is no RoutePolicy '{name}'; until there is one it rejects every route";
            problems.Add(Warning(peer, ProblemReason.UnknownPolicy, field, message, NearestWord.Of(name, policies)));
        }
    }

    private static void CheckPeers(AdvertisementIntent advertisement, HashSet<string> peers, List<SourceProblem> problems)
    {
        foreach (var name in advertisement.Peers.Names.Where(name => !peers.Contains(name)))
        {
            problems.Add(Warning(advertisement, ProblemReason.UnknownPeer, "spec.peers.names", $"there is no BgpPeer '{name}'", NearestWord.Of(name, peers)));
        }
    }

    private static SourceProblem Warning(Intent intent, string reason, string field, string message, string? suggestion) => new(ProblemSeverity.Warning, reason, message)
    {
        File = intent.Origin.File,
        Line = intent.Origin.Line,
        Object = intent.Origin.ToString(),
        Field = field,
        Suggestion = suggestion,
    };
}
