using Fairway.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Cli.Tests.Views;

/// <summary>Answers of an agent, with everything set once and everything absent once.</summary>
internal static class Samples
{
    public static readonly PeerStatus[] Peers =
    [
        new()
        {
            Name = "tor1",
            Address = "192.0.2.1",
            Asn = 64497,
            State = "Established",
            FamiliesNegotiated = { "ipv4-unicast", "ipv6-unicast" },
            Received = 10,
            Accepted = 9,
            Advertised = 3,
            UptimeSeconds = 3720,
            Bfd = "Up",
            Owner = "files/fairway",
        },
        new() { Name = "tor2", Address = "2001:db8::1", State = "Active", LastError = "connection refused", Owner = "files/fairway" },
    ];

    public static readonly PrefixStatus[] Prefixes =
    [
        new() { Prefix = "203.0.113.1/32", Owner = "files/fairway", Origin = "Advertisement/vips", State = "advertised", AdvertisedTo = { "tor1" }, WaitingFor = { "tor2" } },
        new() { Prefix = "2001:db8::1/128", Owner = "files/fairway", Origin = "Advertisement/vips", State = "pending", Reason = "why", WaitingFor = { "tor1", "tor2" } },
    ];

    public static readonly Route[] Routes =
    [
        new()
        {
            Prefix = "198.51.100.0/24",
            NextHops = { "192.0.2.1", "192.0.2.2" },
            Peer = "tor1",
            Best = true,
            AsPath = { new AsPathElement { Asn = 64497 }, new AsPathElement { Set = new AsSet { Asns = { 64499, 64500 } } } },
            LocalPref = 100,
            Med = 0,
            Communities = { "64497:1", "no-export" },
            LargeCommunities = { "64497:1:2" },
            ExtendedCommunities = { "rt:64497:1" },
            Origin = "igp",
            Stale = true,
            Installed = true,
            Reason = "as-path-length",
        },
        new() { Prefix = "203.0.113.1/32", Best = true, Origin = "incomplete", Reason = "only-path" },
    ];

    public static readonly DriftItem[] Drift =
    [
        new()
        {
            Layer = "dataplane",
            Object = "198.51.100.0/24",
            Desired = "via 192.0.2.1",
            Observed = "nothing",
            Since = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            Repaired = true,
        },
    ];

    public static readonly GetStatusResponse Status = new()
    {
        Node = "n1",
        Asn = 64496,
        RouterId = "192.0.2.99",
        Speaker = "native",
        Dataplane = "linux",
        PeersUp = 1,
        PeersTotal = 2,
        PrefixesDesired = 2,
        PrefixesAdvertised = 1,
        RoutesInstalled = 7,
        DriftOpen = 1,
        Sources = { new SourceStatus { Name = "files", State = "ready", AgeSeconds = 42 } },
        Warnings = { "the disk is full" },
    };

    public static readonly ExplainResponse Explain = new()
    {
        Prefix = "203.0.113.1/32",
        Peer = "tor1",
        Verdict = "not advertised",
        Gates =
        {
            new ExplainGate { Gate = "object", Result = "pass", Object = "Advertisement/vips", Field = "spec.prefixes", Reason = "vips.yaml:4" },
            new ExplainGate { Gate = "session", Result = "fail", Object = "tor1", Reason = "Active: connection refused", Fix = "bring the session up" },
        },
    };

    public static readonly PlanResponse Plan = new()
    {
        Impact = "reset",
        Changes =
        {
            new PlanChange
            {
                Action = "change",
                Layer = "speaker",
                Kind = "BgpPeer",
                Object = "tor1",
                Owner = "files/fairway",
                Impact = "reset",
                Fields = { new PlanFieldChange { Path = "timers.hold", From = "90s", To = "30s" } },
            },
            new PlanChange { Action = "add", Layer = "speaker", Kind = "Advertisement", Object = "203.0.113.2/32", Owner = "files/fairway", Impact = "none" },
        },
        Problems = { new PlanProblem { Path = "vips.yaml", Line = 4, Field = "spec.prefixes[0]", Reason = "'x' is not a prefix" } },
    };
}
