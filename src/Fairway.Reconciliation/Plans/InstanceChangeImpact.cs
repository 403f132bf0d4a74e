using System.Collections.Immutable;
using Fairway.Net.Options;
using Fairway.Speakers;

namespace Fairway.Reconciliation.Plans;

/// <summary>What a change of the instance does to all sessions: the table of its fields.</summary>
public static class InstanceChangeImpact
{
    internal static readonly ImmutableArray<OptionField<BgpInstanceOptions>> Fields =
    [
        new("spec.asn", ChangeImpact.Reset, instance => instance.Asn),
        new("spec.routerId", ChangeImpact.Reset, instance => instance.RouterId),
        new("spec.listen", ChangeImpact.None, instance => instance.Listen),
        // RFC 4724 §3: mode and restart time are announced in the OPEN, the deferral is our own affair.
        new("spec.gracefulRestart.mode", ChangeImpact.Reset, instance => instance.GracefulRestart.Mode),
        new("spec.gracefulRestart.restartTime", ChangeImpact.Reset, instance => instance.GracefulRestart.RestartTime),
        new("spec.gracefulRestart.selectionDeferral", ChangeImpact.None, instance => instance.GracefulRestart.SelectionDeferral),
        new("spec.multipath.ebgp", ChangeImpact.Soft, instance => instance.Multipath.Ebgp),
        new("spec.multipath.ibgp", ChangeImpact.Soft, instance => instance.Multipath.Ibgp),
        new("spec.multipath.relaxAsPath", ChangeImpact.Soft, instance => instance.Multipath.RelaxAsPath),
    ];

    /// <summary>A new instance disturbs nobody; one that goes takes every session along.</summary>
    public static ChangeImpact Of(BgpInstanceOptions? before, BgpInstanceOptions? after) => (before, after) switch
    {
        ({ } from, { } to) => Fields.ImpactOf(from, to),
        ({ }, null) => ChangeImpact.Reset,
        _ => ChangeImpact.None,
    };
}
