using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Intents.Policy;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Reconciliation.Compilation;

/// <summary>
/// Turns accepted intents into the desired state of the speaker. The result depends on nothing but its arguments; the compiler remembers
/// its last one, so that a prefix whose wishes are the same is not weighed again. Not safe for use by several threads.
/// </summary>
public sealed class SpeakerCompiler(IntentRanking ranking)
{
    private readonly Dictionary<IpPrefix, ImmutableArray<AdvertisementCandidate>> _candidates = [];
    private ImmutableArray<SelectablePeer> _peers = [];
    private CompiledSpeaker _last = CompiledSpeaker.Empty;

    /// <param name="evaluation">The intents with policy's answer.</param>
    /// <param name="node">What the node adds.</param>
    /// <param name="isLearned">Says whether peers taught us a prefix, for conditional advertisements.</param>
    public CompiledSpeaker Compile(Evaluation evaluation, NodeFacts node, Func<IpPrefix, bool> isLearned)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(node);
        return _last = evaluation.Instance is { } instance
            ? WithPrefixes(WithPeers(evaluation, instance, node), evaluation.Advertisements.ToList(), isLearned)
            : WithoutInstance();
    }

    private CompiledSpeaker WithoutInstance()
    {
        _candidates.Clear();
        _peers = [];
        return CompiledSpeaker.Empty with { Changed = [.. _last.Desired.Advertisements.Keys] };
    }

    private CompiledSpeaker WithPeers(Evaluation evaluation, BgpInstanceIntent instance, NodeFacts node)
    {
        var compiler = new PeerCompiler(evaluation, instance);
        var peers = evaluation.Peers.ToImmutableDictionary(peer => peer.Options.Key);
        var options = peers.ToImmutableDictionary(peer => peer.Key, peer => compiler.Compile(peer.Value));
        return _last with
        {
            Desired = _last.Desired with { Instance = OptionsOf(instance, node), Peers = options },
            Instance = instance,
            Peers = peers,
            Lacking = compiler.Lacking,
        };
    }

    private static BgpInstanceOptions OptionsOf(BgpInstanceIntent intent, NodeFacts node) => new()
    {
        Asn = intent.Asn,
        RouterId = intent.RouterId ?? node.RouterId,
        Listen = intent.Listen,
        GracefulRestart = intent.GracefulRestart,
        Multipath = intent.Multipath,
    };

    private CompiledSpeaker WithPrefixes(CompiledSpeaker result, List<AdvertisementIntent> wishes, Func<IpPrefix, bool> isLearned)
    {
        var unmet = Conditions.Unmet(wishes, isLearned);
        var candidates = wishes.Select(wish => AdvertisementCandidate.Of(wish, !unmet.Contains(wish.Key)))
            .Concat(result.Peers.Values.SelectMany(AdvertisementCandidate.DefaultsFor))
            .GroupBy(candidate => candidate.Prefix)
            .ToDictionary(group => group.Key, group => group.ToImmutableArray());
        var peersChanged = TakePeers(result.Peers);
        var prefixes = new PrefixResults(result);
        foreach (var (prefix, wanted) in candidates)
        {
            if (peersChanged || !_candidates.TryGetValue(prefix, out var known) || !known.SequenceEqual(wanted))
            {
                prefixes.Set(prefix, AdvertisementCompiler.Compile(prefix, wanted, _peers, ranking));
                _candidates[prefix] = wanted;
            }
        }

        foreach (var gone in _candidates.Keys.Where(prefix => !candidates.ContainsKey(prefix)).ToList())
        {
            prefixes.Set(gone, null);
            _candidates.Remove(gone);
        }

        return prefixes.Into(result) with { Watched = [.. wishes.SelectMany(wish => wish.WhenAnyOf)] };
    }

    private bool TakePeers(ImmutableDictionary<PeerKey, PeerIntent> intents)
    {
        var peers = intents.Values.Select(SelectablePeer.Of).OrderBy(peer => peer.Key).ToImmutableArray();
        var changed = !peers.SequenceEqual(_peers);
        _peers = peers;
        return changed;
    }
}
