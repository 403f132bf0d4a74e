using Fairway.Bgp.Rib;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Peers;

namespace Fairway.Speakers.Native;

/// <content>Why a prefix is where it is, or is not.</content>
public sealed partial class NativeSpeaker
{
    private static readonly string[] ExportGates = ["scope", "session", "family", "nextHop", "export", "sent"];
    private static readonly string[] ImportGates = ["received", "import", "nextHop", "best"];

    public async ValueTask<IReadOnlyList<Gate>> ExplainExportAsync(IpPrefix prefix, PeerKey peer, CancellationToken cancellationToken)
    {
        if (_instance is not { } instance)
        {
            return [NotRunning("instance"), .. Skipped(ExportGates, 0)];
        }

        if (!instance.Peers.TryGetValue(peer, out var target))
        {
            return [new Gate("instance", GateResult.Pass), NoSuchPeer(ExportGates[0], peer), .. Skipped(ExportGates, 1)];
        }

        var found = await instance.Loop.AskAsync(rib => rib.ExplainExport(prefix, target.Link.Peer), cancellationToken).ConfigureAwait(false);
        var failed = found.Failed is { } gate ? FailedGate(found, gate, target) : null;
        return [new Gate("instance", GateResult.Pass), .. Gates(ExportGates, (int?)found.Failed, failed)];
    }

    public async ValueTask<IReadOnlyList<Gate>> ExplainImportAsync(IpPrefix prefix, PeerKey? peer, CancellationToken cancellationToken)
    {
        if (_instance is not { } instance)
        {
            return [NotRunning(ImportGates[0]), .. Skipped(ImportGates, 1)];
        }

        Peer? source = null;
        if (peer is { } key && !instance.Peers.TryGetValue(key, out source))
        {
            return [NoSuchPeer(ImportGates[0], key), .. Skipped(ImportGates, 1)];
        }

        var found = await instance.Loop.AskAsync(rib => rib.ExplainImport(prefix, source?.Link.Peer), cancellationToken).ConfigureAwait(false);
        var failed = found.Failed is { } gate
            ? new Gate(ImportGates[(int)gate], GateResult.Fail, found.Object ?? found.Peer?.ToString(), found.Field, found.Reason, FixOf(gate))
            : null;
        return [.. Gates(ImportGates, (int?)found.Failed, failed)];
    }

    private static Gate FailedGate(ExportExplanation found, ExportGate gate, Peer peer)
    {
        var snapshot = peer.Snapshot;
        var name = ExportGates[(int)gate];
        if (gate is not ExportGate.Session)
        {
            return new Gate(name, GateResult.Fail, found.Object, found.Field, found.Reason, FixOf(gate));
        }

        var reason = $"{snapshot.State}: {snapshot.Failure ?? snapshot.LastEnd ?? "not up yet"}";
        return new Gate(name, GateResult.Fail, snapshot.Options.Name, found.Field, reason, FixOf(gate));
    }

    private static Gate NotRunning(string gate) => new(gate, GateResult.Fail, Reason: NoInstance, Fix: "write a BgpInstance");

    private static Gate NoSuchPeer(string gate, PeerKey peer) =>
        new(gate, GateResult.Fail, peer.ToString(), Reason: "there is no such peer", Fix: "write a BgpPeer");

    private static string FixOf(ExportGate gate) => gate switch
    {
        ExportGate.Route => "advertise the prefix to this peer: Advertisement spec.prefixes and spec.peers",
        ExportGate.Session => "bring the session up: 'fairway peers' shows its state and last error",
        ExportGate.Family => "list the family in BgpPeer spec.families on both sides",
        ExportGate.NextHop => "give the session an address of that family on its interface, or set BgpPeer spec.nextHop to one",
        ExportGate.Export => "change the RoutePolicy in BgpPeer spec.export, or the peer's readvertise",
        _ => "wait: the UPDATE is sent as soon as the peer takes it",
    };

    private static string FixOf(ImportGate gate) => gate switch
    {
        ImportGate.Received => "let the peer announce it: its export policy or its own table lacks the prefix",
        ImportGate.Import => "change the RoutePolicy in BgpPeer spec.import",
        ImportGate.NextHop => "give this host a route to the next hop, or let the peer set next hop self",
        _ => "nothing is wrong: another path is better",
    };

    private static IEnumerable<Gate> Gates(string[] names, int? failed, Gate? gate) =>
        names.Select((name, index) =>
            index == failed ? gate! : new Gate(name, index < (failed ?? names.Length) ? GateResult.Pass : GateResult.Skipped));

    private static IEnumerable<Gate> Skipped(string[] names, int from) => names.Skip(from).Select(name => new Gate(name, GateResult.Skipped));
}
