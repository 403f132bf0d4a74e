using System.Collections.Immutable;
using System.Diagnostics;
using Fairway.Reconciliation.Compilation;
using Fairway.Speakers;

namespace Fairway.Reconciliation.Plans;

/// <summary>Plans as people read them.</summary>
public static class PlanView
{
    /// <summary>The layer's word in plans and drift.</summary>
    public const string SpeakerLayer = "speaker";

    /// <summary>The worst impact of a plan.</summary>
    public static ChangeImpact ImpactOf(SpeakerPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Changes.Select(change => change.Impact).DefaultIfEmpty().Max();
    }

    /// <param name="plan">The steps.</param>
    /// <param name="before">What the applied state was compiled into; it names the owners of what goes.</param>
    /// <param name="after">What the plan leads to.</param>
    public static ImmutableArray<PlanRow> Rows(SpeakerPlan plan, CompiledSpeaker before, CompiledSpeaker after)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [.. plan.Changes.Select(change => RowOf(change, before, after))];
    }

    /// <summary>"instance", "peer 192.0.2.1" or "advertisement 198.51.100.0/24".</summary>
    public static string NameOf(SpeakerChange change) => change switch
    {
        SpeakerChange.Instance => "instance",
        SpeakerChange.Peer peer => $"peer {peer.Key}",
        SpeakerChange.Advertisement advertisement => $"advertisement {advertisement.Prefix}",
        _ => throw new UnreachableException(),
    };

    /// <summary>The fields in which both sides differ; none where the object appears or goes.</summary>
    public static ImmutableArray<PlanField> FieldsOf(SpeakerChange change) => change switch
    {
        SpeakerChange.Instance { Before: { } before, After: { } after } => [.. InstanceChangeImpact.Fields.Changes(before, after)],
        SpeakerChange.Peer { Before: { } before, After: { } after } => [.. PeerChangeImpact.Fields.Changes(before, after)],
        SpeakerChange.Advertisement { Before: { } before, After: { } after } => [.. AdvertisementFields.Changes(before, after)],
        _ => [],
    };

    private static PlanRow RowOf(SpeakerChange change, CompiledSpeaker before, CompiledSpeaker after)
    {
        var (kind, name, isNew, isGone) = change switch
        {
            SpeakerChange.Instance step => ("BgpInstance", InstanceName(before, after), step.Before is null, step.After is null),
            SpeakerChange.Peer step => ("BgpPeer", (step.After ?? step.Before)!.Name, step.Before is null, step.After is null),
            SpeakerChange.Advertisement step => ("Advertisement", step.Prefix.ToString(), step.Before is null, step.After is null),
            _ => throw new UnreachableException(),
        };
        return new PlanRow
        {
            Action = isNew ? PlanAction.Add : isGone ? PlanAction.Remove : PlanAction.Change,
            Layer = SpeakerLayer,
            Kind = kind,
            Object = name,
            Owner = OwnerOf(change, after) ?? OwnerOf(change, before) ?? "",
            Impact = change.Impact,
            Fields = FieldsOf(change),
        };
    }

    private static string InstanceName(CompiledSpeaker before, CompiledSpeaker after) => (after.Instance ?? before.Instance)?.Origin.Name ?? "";

    private static string? OwnerOf(SpeakerChange change, CompiledSpeaker compiled) => (change switch
    {
        SpeakerChange.Instance => compiled.Instance?.Key.Owner,
        SpeakerChange.Peer { Key: var key } => compiled.Peers.GetValueOrDefault(key)?.Key.Owner,
        SpeakerChange.Advertisement { Prefix: var prefix } => compiled.Prefixes.GetValueOrDefault(prefix)?.Owner,
        _ => throw new UnreachableException(),
    })?.Name;
}
