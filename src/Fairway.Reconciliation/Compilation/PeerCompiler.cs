using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;

namespace Fairway.Reconciliation.Compilation;

/// <summary>Resolves what a peer takes from other intents: the instance's AS and the policies it names.</summary>
internal sealed class PeerCompiler(BgpInstanceIntent instance, IEnumerable<RoutePolicyIntent> policies)
{
    private readonly Dictionary<(Owner Owner, string Name), RoutePolicy> _policies =
        policies.ToDictionary(intent => (intent.Key.Owner, intent.Policy.Name), intent => intent.Policy);

    private readonly ImmutableArray<SourceProblem>.Builder _problems = ImmutableArray.CreateBuilder<SourceProblem>();

    private readonly ImmutableDictionary<IntentKey, Verdict>.Builder _lacking = ImmutableDictionary.CreateBuilder<IntentKey, Verdict>();

    /// <summary>The first thing that each of the compiled peers lacks.</summary>
    public ImmutableDictionary<IntentKey, Verdict> Lacking => _lacking.ToImmutable();

    /// <summary>Everything that they lack, with the places that ask for it.</summary>
    public ImmutableArray<SourceProblem> Problems => _problems.ToImmutable();

    public PeerOptions Compile(PeerIntent intent)
    {
        var (asn, type) = RemoteAs(intent.RemoteAs);
        if (intent.Options.Password is { IsMissing: true } password)
        {
            Tell(intent, VerdictReason.SecretMissing, "spec.passwordFrom", $"{password.Problem}; the peer stays down");
        }

        return intent.Options with
        {
            Asn = asn,
            Type = type,
            Families = intent.Families.Select(family => new PeerFamilyOptions(family.Family)
            {
                Import = Find(intent, family.Import, "spec.import"),
                Export = Find(intent, family.Export, "spec.export"),
            }).ToValueList(),
            RequiresPolicy = type is PeerType.External && instance.EbgpRequiresPolicy,
        };
    }

    private (Asn? Asn, PeerType Type) RemoteAs(RemoteAs remote) => remote.Kind switch
    {
        RemoteAsKind.Number => (remote.Asn, remote.Asn == instance.Asn ? PeerType.Internal : PeerType.External),
        RemoteAsKind.Internal => (instance.Asn, PeerType.Internal),
        _ => (null, PeerType.External),
    };

    private ValueList<RoutePolicy> Find(PeerIntent peer, ValueList<string> names, string field) =>
        names.Select(name => Find(peer, name, field)).ToValueList();

    // A policy that is not there must not let routes through that it was meant to stop.
    private RoutePolicy Find(PeerIntent peer, string name, string field)
    {
        if (_policies.TryGetValue((peer.Key.Owner, name), out var policy))
        {
            return policy;
        }

        Tell(peer, VerdictReason.UnknownPolicy, field, $"there is no RoutePolicy '{name}'; until there is one it rejects every route");
        return new RoutePolicy(name) { Default = PolicyVerdict.Reject };
    }

    private void Tell(PeerIntent peer, VerdictReason reason, string field, string message)
    {
        if (!_lacking.ContainsKey(peer.Key))
        {
            _lacking[peer.Key] = new Verdict(VerdictKind.Accepted, reason, message);
        }

        var problem = new SourceProblem(ProblemSeverity.Warning, reason.ToString(), message)
        {
            File = peer.Origin.File,
            Line = peer.Origin.Line,
            Object = peer.Origin.ToString(),
            Field = field,
        };
        if (!_problems.Contains(problem))
        {
            _problems.Add(problem);
        }
    }
}
