using System.Collections.Immutable;
using Fairway.Net;
using Fairway.Routing.Forwarding;
using Fairway.Speakers;

namespace Fairway.Routing;

/// <content>The last two gates of a learned prefix.</content>
public sealed partial class RoutingHandler
{
    /// <summary>The gates protected and kernel, after those of <see cref="ISpeaker.ExplainImportAsync"/>.</summary>
    public ImmutableArray<Gate> Explain(IpPrefix prefix)
    {
        var installation = Find(prefix);
        var failed = new Gate("", GateResult.Fail, prefix.ToString(), Reason: ReasonOf(installation)) with { Fix = FixFor(installation.Reason, prefix) };
        return installation.Reason is NotInstalledReason.Protected or NotInstalledReason.Excluded
            ? [failed with { Name = "protected", Field = FieldFor(installation.Reason) }, new Gate("kernel", GateResult.Skipped)]
            : [new Gate("protected", GateResult.Pass), installation.IsInstalled
                ? new Gate("kernel", GateResult.Pass, Reason: installation.Route!.ToString())
                : failed with { Name = "kernel", Field = FieldFor(installation.Reason) }];
    }

    private static string ReasonOf(RouteInstallation installation) => installation.Detail is { } detail
        ? $"{installation.Reason.ToWord()}: {detail}"
        : installation.Reason.ToWord();

    private static string? FieldFor(NotInstalledReason reason) => reason switch
    {
        NotInstalledReason.Protected => "dataplane.allowProtected",
        NotInstalledReason.Excluded => "dataplane.exclude",
        NotInstalledReason.LearnedInstallOff => "spec.learned.install",
        NotInstalledReason.NoDataplane => "dataplane.kind",
        NotInstalledReason.Drifted => "drift.dataplane",
        _ => null,
    };

    private string? FixFor(NotInstalledReason reason, IpPrefix prefix) => reason switch
    {
        NotInstalledReason.Protected => $"list {prefix} in dataplane.allowProtected if it is really meant to be installed",
        NotInstalledReason.Excluded => "take it out of dataplane.exclude",
        NotInstalledReason.LearnedInstallOff => "set learned.install to true on the peer",
        NotInstalledReason.NextHopUnreachable => "see `ip route get` for the next hop; a session over several hops needs spec.multihop",
        NotInstalledReason.NoDataplane => "run the agent with --dataplane linux",
        NotInstalledReason.Conflict => $"remove the other route, or choose another dataplane.metric than {_options.Metric}",
        NotInstalledReason.Drifted => "set drift.dataplane to repair",
        NotInstalledReason.Contested => "find the program that changes our routes; its protocol number must not be ours",
        _ => null,
    };
}
