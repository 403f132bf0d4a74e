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
        var wishes = snapshot.Intents.OfType<AdvertisementIntent>().Where(wish => wish.Prefix == prefix).ToList();
        return wishes.Count > 0 ? await ExplainOutAsync(prefix, wishes, peer, cancellationToken) : await ExplainInAsync(prefix, peer, cancellationToken);
    }

    private async Task<Explanation> ExplainOutAsync(IpPrefix prefix, List<AdvertisementIntent> wishes, PeerKey? peer, CancellationToken cancellationToken)
    {
        // The wish that came furthest is the one to talk about.
        var wish = wishes.OrderBy(candidate => snapshot.VerdictOf(candidate).Kind).First();
        var gates = WishGates(wish).ToList();
        if (gates[^1].Result is GateResult.Fail)
        {
            return Outcome(prefix, peer, "not advertised", gates);
        }

        var targets = snapshot.Compiled.TargetsOf(wish);
        if (peer is { } asked && !targets.Items.Contains(asked))
        {
            return Outcome(prefix, peer, "not advertised", [.. gates, OutOfScope(wish, asked)]);
        }

        gates.Add(new Gate("scope", GateResult.Pass, wish.Origin.ToString(), "spec.peers", $"selects {targets.Count} {(targets.Count == 1 ? "peer" : "peers")}"));
        Explanation? first = null;
        foreach (var target in peer is { } one ? [one] : targets)
        {
            var sent = (await speaker.ExplainExportAsync(prefix, target, cancellationToken)).Where(gate => gate.Name is not "instance");
            var outcome = Outcome(prefix, target, "advertised", [.. gates, .. sent]);
            if (outcome.Gates[^1].Result is GateResult.Fail)
            {
                return outcome with { Verdict = "not advertised" };
            }

            first ??= outcome;
        }

        return first!;
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

    private Gate OutOfScope(AdvertisementIntent wish, PeerKey peer) => snapshot.Compiled.Peers.TryGetValue(peer, out var known)
        ? new Gate("scope", GateResult.Fail, wish.Origin.ToString(), "spec.peers", $"does not select {known.Options.Name}, or another wish counts for it", "widen spec.peers, or leave it empty for all peers")
        : new Gate("scope", GateResult.Fail, "BgpPeer", null, $"there is no peer {peer}", "see `fairway peers` for names and addresses");

    private async Task<Explanation> ExplainInAsync(IpPrefix prefix, PeerKey? peer, CancellationToken cancellationToken)
    {
        List<Gate> gates = [.. await speaker.ExplainImportAsync(prefix, peer, cancellationToken)];
        if (gates.Count == 0 || gates[0] is { Name: "received", Result: GateResult.Fail })
        {
            var nobody = new Gate("object", GateResult.Fail, null, null, "no document wishes for it", "add it to an Advertisement, or to what a peer announces");
            return Outcome(prefix, peer, "unknown", [nobody, .. gates]);
        }

        if (gates.Any(gate => gate.Result is GateResult.Fail))
        {
            return Outcome(prefix, peer, "not selected", gates);
        }

        var outcome = Outcome(prefix, peer, "installed", [.. gates, .. routing.Explain(prefix)]);
        return outcome.Gates[^1].Result is GateResult.Fail ? outcome with { Verdict = "not installed" } : outcome;
    }

    // A prefix nobody knows shows both ends: no wish, and nothing received.
    private Explanation Outcome(IpPrefix prefix, PeerKey? peer, string verdict, IReadOnlyList<Gate> gates)
    {
        var failed = gates.ToList().FindIndex(gate => gate.Result is GateResult.Fail && gate.Name is not "object");
        ImmutableArray<Gate> shown = [.. failed < 0 ? gates : gates.Take(failed + 1)];
        return new Explanation(prefix, peer is { } key ? NameOf(key) : null, verdict, shown);
    }

    private string NameOf(PeerKey peer) => snapshot.Compiled.Peers.TryGetValue(peer, out var intent) ? intent.Options.Name : peer.ToString();

    private static string? Place(IntentOrigin origin) => origin.File is { } file ? $"{file}:{origin.Line}" : null;
}
