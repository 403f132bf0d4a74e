using System.Collections.Immutable;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using Fairway.Speakers;

namespace Fairway.Reconciliation.Plans;

/// <summary>What a change of a peer does to its session: the table of its fields. What the OPEN says can only change with a new session (RFC 4271 §4.2).</summary>
public static class PeerChangeImpact
{
    internal static readonly ImmutableArray<OptionField<PeerOptions>> Fields =
    [
        new("metadata.name", ChangeImpact.None, peer => peer.Name),
        new("spec.address", ChangeImpact.Reset, peer => peer.Key),
        new("spec.asn", ChangeImpact.Reset, peer => new RemoteAsText(peer.Asn, peer.Type)),
        new("spec.port", ChangeImpact.Reset, peer => peer.Port),
        new("spec.description", ChangeImpact.None, peer => peer.Description),
        new("spec.sourceAddress", ChangeImpact.Reset, peer => peer.SourceAddress),
        new("spec.sourceInterface", ChangeImpact.Reset, peer => peer.SourceInterface),
        new("spec.passive", ChangeImpact.None, peer => peer.Passive),
        new("spec.families", ChangeImpact.Reset, peer => peer.Families.Select(family => family.Family).Order().ToValueList()),
        new("spec.import", ChangeImpact.Soft, peer => Policies(peer, family => family.Import)),
        new("spec.export", ChangeImpact.Soft, peer => Policies(peer, family => family.Export)),
        new("spec.timers.hold", ChangeImpact.Reset, peer => peer.Timers.Hold),
        new("spec.timers.keepalive", ChangeImpact.None, peer => peer.Timers.Keepalive),
        new("spec.timers.connectRetry", ChangeImpact.None, peer => peer.Timers.ConnectRetry),
        new("spec.passwordFrom", ChangeImpact.Reset, peer => peer.Password),
        new("spec.multihop", ChangeImpact.Reset, peer => peer.MultihopTtl),
        new("spec.enforceFirstAsn", ChangeImpact.Soft, peer => peer.EnforceFirstAsn),
        new("spec.allowOwnAsn", ChangeImpact.Soft, peer => peer.AllowOwnAsn),
        new("spec.nextHop", ChangeImpact.Soft, peer => new NextHopText(peer.NextHop)),
        new("spec.learned.import", ChangeImpact.Soft, peer => peer.Learned.Accept),
        new("spec.learned.install", ChangeImpact.Soft, peer => peer.Learned.Install),
        new("spec.learned.readvertise", ChangeImpact.Soft, peer => peer.Learned.Readvertise),
        new("spec.gracefulRestart.mode", ChangeImpact.Reset, peer => peer.GracefulRestart),
        new("spec.gracefulRestart.restartTime", ChangeImpact.Reset, peer => peer.RestartTime),
        new("ebgpRequiresPolicy", ChangeImpact.Soft, peer => peer.RequiresPolicy),
        new("spec.shutdown.enabled", ChangeImpact.Reset, peer => peer.Shutdown is not null),
        new("spec.shutdown.message", ChangeImpact.None, peer => peer.Shutdown?.Message ?? ""),
    ];

    /// <summary>A new peer disturbs nobody; one that goes takes its session along.</summary>
    public static ChangeImpact Of(PeerOptions? before, PeerOptions? after) => (before, after) switch
    {
        ({ } from, { } to) => Fields.ImpactOf(from, to),
        ({ }, null) => ChangeImpact.Reset,
        _ => ChangeImpact.None,
    };

    private static ValueList<FamilyPolicies> Policies(PeerOptions peer, Func<PeerFamilyOptions, ValueList<RoutePolicy>> list) =>
        peer.Families.Where(family => !list(family).IsEmpty)
            .Select(family => new FamilyPolicies(family.Family, list(family)))
            .OrderBy(policies => policies.Family)
            .ToValueList();

    private sealed record FamilyPolicies(AddressFamily Family, ValueList<RoutePolicy> Policies)
    {
        public override string ToString() => $"{Family}: {OptionText.Of(Policies)}";
    }

    private sealed record RemoteAsText(Asn? Asn, PeerType Type)
    {
        public override string ToString() => Asn?.ToString() ?? OptionText.Of(Type);
    }

    private sealed record NextHopText(NextHopPolicy Policy)
    {
        public override string ToString() => Policy.Address?.ToString() ?? OptionText.Of(Policy.Mode);
    }
}
