using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Routing;
using Fairway.Speakers;

namespace Fairway.Api;

/// <summary>The gates of one prefix, in order, up to and with the first that failed.</summary>
internal sealed record Explanation(IpPrefix Prefix, string? Peer, string Verdict, ImmutableArray<Gate> Gates);

/// <summary>
/// Walks a prefix through the gates. Out (somebody wishes for it): object, ownership, policy, instance, scope, then the speaker's session,
/// family, nextHop, export, sent. In (nobody does): the speaker's received, import, nextHop, best, then routing's protected, kernel.
/// </summary>
internal sealed class Explainer(AgentSnapshot snapshot, ISpeaker speaker, RoutingHandler routing)
{
    public async Task<Explanation> ExplainAsync(IpPrefix prefix, PeerKey? peer, CancellationToken cancellationToken)
    {
        // The wish that came furthest is the one to talk about.
        var wish = snapshot.Wishes.Where(wish => wish.Prefix == prefix)
            .OrderByDescending(wish => peer is { } asked && IsTarget(wish, asked))
            .ThenBy(wish => snapshot.VerdictOf(wish).Kind)
            .FirstOrDefault();
        return wish is null ? await ExplainInAsync(prefix, peer, cancellationToken) : await ExplainOutAsync(wish, peer, cancellationToken);
    }

    private async Task<Explanation> ExplainOutAsync(AdvertisementIntent wish, PeerKey? peer, CancellationToken cancellationToken)
    {
        var gates = WishGates(wish).ToList();
        if (gates[^1].Result is GateResult.Pass && peer is { } asked && !IsTarget(wish, asked))
        {
            gates.Add(OutOfScope(wish, asked));
        }

        if (gates[^1].Result is GateResult.Fail)
        {
            return Outcome(wish.Prefix, peer, "not advertised", gates);
        }

        var targets = snapshot.Compiled.TargetsOf(wish);
        gates.Add(new Gate("scope", GateResult.Pass, wish.Origin.ToString(), "spec.peers", $"selects {targets.Count} {(targets.Count == 1 ? "peer" : "peers")}"));
        var outcomes = new List<Explanation>();
        foreach (var target in peer is { } one ? [one] : targets)
        {
            outcomes.Add(Outcome(wish.Prefix, target, "advertised", Join(gates, await speaker.ExplainExportAsync(wish.Prefix, target, cancellationToken))));
            if (outcomes[^1].Gates[^1].Result is GateResult.Fail)
            {
                return outcomes[^1] with { Verdict = "not advertised" };
            }
        }

        return outcomes[0];
    }

    // The speaker looks at its instance and at what it was told to send too: worth telling only where it lacks what was compiled.
    private static IEnumerable<Gate> Join(List<Gate> wish, IReadOnlyList<Gate> speaker)
    {
        var lacking = speaker.FirstOrDefault(gate => gate is { Name: "instance" or "scope", Result: GateResult.Fail });
        return lacking is null
            ? wish.Concat(speaker.Where(gate => gate.Name is not ("instance" or "scope")))
            : wish.TakeWhile(gate => gate.Name != lacking.Name).Append(lacking);
    }

    private IEnumerable<Gate> WishGates(AdvertisementIntent wish)
    {
        var verdict = snapshot.VerdictOf(wish);
        var origin = wish.Origin.ToString();
        yield return new Gate("object", GateResult.Pass, origin, "spec.prefixes", Place(wish.Origin));
        if (verdict.Kind is VerdictKind.Suppressed)
        {
            yield return new Gate("ownership", GateResult.Fail, origin, null, verdict.Detail ?? verdict.Reason.ToString(), "remove one of the two wishes, or scope them to different peers");
            yield break;
        }

        yield return new Gate("ownership", GateResult.Pass, origin, null, $"owner {wish.Key.Owner}");
        if (verdict.Reason is VerdictReason.ConditionNotMet)
        {
            yield return new Gate("policy", GateResult.Fail, origin, "spec.whenAnyOf", verdict.Detail, "wish for one of these prefixes, or drop the condition");
            yield break;
        }

        yield return new Gate("policy", GateResult.Pass);
        if (snapshot.Compiled.Instance is not { } instance)
        {
            yield return new Gate("instance", GateResult.Fail, "BgpInstance", null, "there is no BgpInstance in force", "add a BgpInstance document; `fairway validate` tells whether one is refused");
            yield break;
        }

        yield return new Gate("instance", GateResult.Pass, instance.Origin.ToString(), "spec.asn", $"AS {instance.Asn}");
        if (verdict.Kind is VerdictKind.Refused)
        {
            yield return new Gate("scope", GateResult.Fail, origin, "spec.peers", verdict.Detail ?? verdict.Reason.ToString(), "check names and labels against `fairway peers`");
        }
    }

    private bool IsTarget(AdvertisementIntent wish, PeerKey peer) => snapshot.Compiled.TargetsOf(wish).Items.Contains(peer);

    private Gate OutOfScope(AdvertisementIntent wish, PeerKey peer)
    {
        var options = snapshot.Compiled.Desired.Peers.GetValueOrDefault(peer);
        return options is not null && !options.Families.Any(family => family.Family == wish.Prefix.Family)
            ? new Gate("family", GateResult.Fail, $"BgpPeer/{options.Name}", "spec.families", $"{wish.Prefix.Family} is not among them", "list the family on both sides")
            : new Gate("scope", GateResult.Fail, wish.Origin.ToString(), "spec.peers", $"does not select {NameOf(peer)}, or another wish counts for it", "widen spec.peers, or leave it empty for all peers");
    }

    private async Task<Explanation> ExplainInAsync(IpPrefix prefix, PeerKey? peer, CancellationToken cancellationToken)
    {
        var gates = await speaker.ExplainImportAsync(prefix, peer, cancellationToken);
        if (gates is [] or [{ Name: "received", Result: GateResult.Fail }, ..])
        {
            return Outcome(prefix, peer, "unknown", [Unknown(peer)]);
        }

        if (gates.Any(gate => gate.Result is GateResult.Fail))
        {
            return Outcome(prefix, peer, "not selected", gates);
        }

        var outcome = Outcome(prefix, peer, "installed", gates.Concat(routing.Explain(prefix)));
        return outcome.Gates[^1].Result is GateResult.Fail ? outcome with { Verdict = "not installed" } : outcome;
    }

    private Gate Unknown(PeerKey? peer)
    {
        var reason = $"no document in force wishes for it, and {(peer is { } key ? NameOf(key) : "no peer")} {(peer is null ? "sent it" : "did not send it")}";
        var refused = snapshot.Problems.FirstOrDefault(problem => problem.Severity is ProblemSeverity.Error);
        return new Gate("object", GateResult.Fail, null, null, reason, refused is null
            ? "add it to spec.prefixes of an Advertisement, or let a peer announce it"
            : $"a document is refused, mend that first: {refused}");
    }

    private Explanation Outcome(IpPrefix prefix, PeerKey? peer, string verdict, IEnumerable<Gate> gates)
    {
        var shown = ImmutableArray.CreateBuilder<Gate>();
        foreach (var gate in gates)
        {
            shown.Add(gate);
            if (gate.Result is GateResult.Fail)
            {
                break;
            }
        }

        return new Explanation(prefix, peer is { } key ? NameOf(key) : null, verdict, shown.ToImmutable());
    }

    private string NameOf(PeerKey peer) => snapshot.Compiled.Peers.TryGetValue(peer, out var intent) ? intent.Options.Name : peer.ToString();

    private static string? Place(IntentOrigin origin) => origin.File is { } file ? $"{file}:{origin.Line}" : null;
}
