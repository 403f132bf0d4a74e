using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Intents.Policy;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;

namespace Fairway.Reconciliation.Compilation;

/// <summary>Resolves what a peer takes from other intents: the instance's AS and the policies it names.</summary>
internal sealed class PeerCompiler(Evaluation evaluation, BgpInstanceIntent instance)
{
    private readonly Dictionary<(Owner Owner, string Name), RoutePolicy> _policies =
        evaluation.RoutePolicies.ToDictionary(intent => (intent.Key.Owner, intent.Policy.Name), intent => intent.Policy);

    private readonly ImmutableDictionary<IntentKey, Verdict>.Builder _lacking = ImmutableDictionary.CreateBuilder<IntentKey, Verdict>();

    /// <summary>The first thing that each of the compiled peers lacks.</summary>
    public ImmutableDictionary<IntentKey, Verdict> Lacking => _lacking.ToImmutable();

    public PeerOptions Compile(PeerIntent intent)
    {
        var (asn, type) = RemoteAs(intent.RemoteAs);
        if (intent.Options.Password is { IsMissing: true } password)
        {
            Tell(intent, VerdictReason.SecretMissing, $"{password.Problem}; the peer stays down");
        }

        return intent.Options with
        {
            Asn = asn,
            Type = type,
            Families = intent.Families.Select(family => new PeerFamilyOptions(family.Family)
            {
                Import = family.Import.Select(name => Find(intent, name)).ToValueList(),
                Export = family.Export.Select(name => Find(intent, name)).ToValueList(),
            }).ToValueList(),
            RequiresPolicy = type is PeerType.External && InstanceOf(intent.Key.Owner).EbgpRequiresPolicy,
        };
    }

    private (Asn? Asn, PeerType Type) RemoteAs(RemoteAs remote) => remote.Kind switch
    {
        RemoteAsKind.Number => (remote.Asn, remote.Asn == instance.Asn ? PeerType.Internal : PeerType.External),
        RemoteAsKind.Internal => (instance.Asn, PeerType.Internal),
        _ => (null, PeerType.External),
    };

    // RFC 8212 is for the owner to switch off, for its own peers, also where another owner's instance counts.
    private BgpInstanceIntent InstanceOf(Owner owner) => instance.Key.Owner == owner
        ? instance
        : evaluation.Snapshot.Instances.FirstOrDefault(own => own.Key.Owner == owner) ?? instance;

    // A policy that is not there must not let routes through that it was meant to stop.
    private RoutePolicy Find(PeerIntent peer, string name)
    {
        if (_policies.TryGetValue((peer.Key.Owner, name), out var policy))
        {
            return policy;
        }

        Tell(peer, VerdictReason.UnknownPolicy, $"there is no RoutePolicy '{name}'; until there is one it rejects every route");
        return new RoutePolicy(name) { Default = PolicyVerdict.Reject };
    }

    private void Tell(PeerIntent peer, VerdictReason reason, string detail)
    {
        if (!_lacking.ContainsKey(peer.Key))
        {
            _lacking[peer.Key] = new Verdict(VerdictKind.Accepted, reason, detail);
        }
    }
}
