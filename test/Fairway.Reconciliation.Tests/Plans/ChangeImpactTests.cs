using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using Fairway.Reconciliation.Plans;
using Fairway.Speakers;

namespace Fairway.Reconciliation.Tests.Plans;

public sealed class ChangeImpactTests
{
    private static readonly PeerOptions Peer = new()
    {
        Name = "tor1",
        Key = new PeerKey(IpAddr.Parse("192.0.2.11")),
        Asn = new Asn(64511),
    };

    private static readonly BgpInstanceOptions Instance = new() { Asn = new Asn(64496), RouterId = RouterId.Parse("192.0.2.1") };

    /// <summary>One change of each field that a peer has, with what it does to the session.</summary>
    private static readonly (string Path, ChangeImpact Impact, PeerOptions After)[] PeerChanges =
    [
        ("metadata.name", ChangeImpact.None, Peer with { Name = "tor2" }),
        ("spec.address", ChangeImpact.Reset, Peer with { Key = new PeerKey(IpAddr.Parse("192.0.2.12")) }),
        ("spec.asn", ChangeImpact.Reset, Peer with { Asn = new Asn(64510) }),
        ("spec.asn", ChangeImpact.Reset, Peer with { Type = PeerType.Internal }),
        ("spec.port", ChangeImpact.Reset, Peer with { Port = 1179 }),
        ("spec.description", ChangeImpact.None, Peer with { Description = "top of rack" }),
        ("spec.sourceAddress", ChangeImpact.Reset, Peer with { SourceAddress = IpAddr.Parse("192.0.2.1") }),
        ("spec.sourceInterface", ChangeImpact.Reset, Peer with { SourceInterface = "eth0" }),
        ("spec.passive", ChangeImpact.None, Peer with { Passive = true }),
        ("spec.families", ChangeImpact.Reset, Peer with { Families = [new PeerFamilyOptions(AddressFamily.Ipv4Unicast)] }),
        ("spec.import", ChangeImpact.Soft, Peer with { Families = [Peer.Families[0] with { Import = [new RoutePolicy("in")] }, Peer.Families[1]] }),
        ("spec.export", ChangeImpact.Soft, Peer with { Families = [Peer.Families[0] with { Export = [new RoutePolicy("out")] }, Peer.Families[1]] }),
        ("spec.timers.hold", ChangeImpact.Reset, Peer with { Timers = Peer.Timers with { Hold = TimeSpan.FromSeconds(30) } }),
        ("spec.timers.keepalive", ChangeImpact.None, Peer with { Timers = Peer.Timers with { Keepalive = TimeSpan.FromSeconds(5) } }),
        ("spec.timers.connectRetry", ChangeImpact.None, Peer with { Timers = Peer.Timers with { ConnectRetry = TimeSpan.FromSeconds(9) } }),
        ("spec.passwordFrom", ChangeImpact.Reset, Peer with { Password = SecretValue.Of("one") }),
        ("spec.multihop", ChangeImpact.Reset, Peer with { MultihopTtl = 2 }),
        ("spec.enforceFirstAsn", ChangeImpact.Soft, Peer with { EnforceFirstAsn = false }),
        ("spec.allowOwnAsn", ChangeImpact.Soft, Peer with { AllowOwnAsn = 1 }),
        ("spec.nextHop", ChangeImpact.Soft, Peer with { NextHop = new NextHopPolicy(NextHopMode.Self) }),
        ("spec.learned.import", ChangeImpact.Soft, Peer with { Learned = Peer.Learned with { Accept = false } }),
        ("spec.learned.install", ChangeImpact.Soft, Peer with { Learned = Peer.Learned with { Install = false } }),
        ("spec.learned.readvertise", ChangeImpact.Soft, Peer with { Learned = Peer.Learned with { Readvertise = Readvertise.None } }),
        ("spec.gracefulRestart.mode", ChangeImpact.Reset, Peer with { GracefulRestart = GracefulRestartMode.Off }),
        ("spec.gracefulRestart.restartTime", ChangeImpact.Reset, Peer with { RestartTime = TimeSpan.FromSeconds(60) }),
        ("ebgpRequiresPolicy", ChangeImpact.Soft, Peer with { RequiresPolicy = true }),
        ("spec.shutdown.enabled", ChangeImpact.Reset, Peer with { Shutdown = new ShutdownOptions("") }),
    ];

    private static readonly (string Path, ChangeImpact Impact, BgpInstanceOptions After)[] InstanceChanges =
    [
        ("spec.asn", ChangeImpact.Reset, Instance with { Asn = new Asn(64497) }),
        ("spec.routerId", ChangeImpact.Reset, Instance with { RouterId = RouterId.Parse("192.0.2.2") }),
        ("spec.listen", ChangeImpact.None, Instance with { Listen = [new ListenEndpoint(null, 1179)] }),
        ("spec.gracefulRestart.mode", ChangeImpact.Reset, Instance with { GracefulRestart = Instance.GracefulRestart with { Mode = GracefulRestartMode.Off } }),
        ("spec.gracefulRestart.restartTime", ChangeImpact.Reset, Instance with { GracefulRestart = Instance.GracefulRestart with { RestartTime = TimeSpan.FromSeconds(9) } }),
        ("spec.gracefulRestart.selectionDeferral", ChangeImpact.None, Instance with { GracefulRestart = Instance.GracefulRestart with { SelectionDeferral = TimeSpan.FromSeconds(9) } }),
        ("spec.multipath.ebgp", ChangeImpact.Soft, Instance with { Multipath = Instance.Multipath with { Ebgp = 8 } }),
        ("spec.multipath.ibgp", ChangeImpact.Soft, Instance with { Multipath = Instance.Multipath with { Ibgp = 8 } }),
        ("spec.multipath.relaxAsPath", ChangeImpact.Soft, Instance with { Multipath = Instance.Multipath with { RelaxAsPath = true } }),
    ];

    public static TheoryData<int> PeerRows => [.. Enumerable.Range(0, PeerChanges.Length)];

    public static TheoryData<int> InstanceRows => [.. Enumerable.Range(0, InstanceChanges.Length)];

    [Theory]
    [MemberData(nameof(PeerRows))]
    public void Each_field_of_a_peer_has_its_impact_and_its_path(int row)
    {
        var (path, impact, after) = PeerChanges[row];

        Assert.Equal(impact, PeerChangeImpact.Of(Peer, after));
        var change = Assert.Single(PlanView.FieldsOf(new SpeakerChange.Peer(Peer.Key, Peer, after, impact)));
        Assert.Equal(path, change.Path);
        Assert.NotEqual(change.From, change.To);
    }

    [Theory]
    [MemberData(nameof(InstanceRows))]
    public void Each_field_of_the_instance_has_its_impact_and_its_path(int row)
    {
        var (path, impact, after) = InstanceChanges[row];

        Assert.Equal(impact, InstanceChangeImpact.Of(Instance, after));
        Assert.Equal(path, Assert.Single(PlanView.FieldsOf(new SpeakerChange.Instance(Instance, after, impact))).Path);
    }

    [Fact]
    public void No_property_is_forgotten()
    {
        AssertEachChanges(Peer, PeerChanges.Select(row => row.After));
        AssertEachChanges(Peer.Timers, PeerChanges.Select(row => row.After.Timers));
        AssertEachChanges(Peer.Learned, PeerChanges.Select(row => row.After.Learned));
        AssertEachChanges(Instance, InstanceChanges.Select(row => row.After));
        AssertEachChanges(Instance.GracefulRestart, InstanceChanges.Select(row => row.After.GracefulRestart));
        AssertEachChanges(Instance.Multipath, InstanceChanges.Select(row => row.After.Multipath));
    }

    [Fact]
    public void The_worst_of_several_changes_counts_and_a_new_peer_disturbs_nobody()
    {
        Assert.Equal(ChangeImpact.Reset, PeerChangeImpact.Of(Peer, Peer with { Description = "x", AllowOwnAsn = 1, Port = 1179 }));
        Assert.Equal(ChangeImpact.None, PeerChangeImpact.Of(null, Peer));
        Assert.Equal(ChangeImpact.Reset, PeerChangeImpact.Of(Peer, null));
        Assert.Equal(ChangeImpact.None, PeerChangeImpact.Of(Peer, Peer));
    }

    [Fact]
    public void A_new_message_leaves_a_peer_that_is_shut_down_alone()
    {
        var before = Peer with { Shutdown = new ShutdownOptions("maintenance") };

        Assert.Equal(ChangeImpact.None, PeerChangeImpact.Of(before, before with { Shutdown = new ShutdownOptions("back at noon") }));
    }

    [Fact]
    public void A_secret_that_changes_never_shows()
    {
        var before = Peer with { Password = SecretValue.Of("first") };
        var after = Peer with { Password = SecretValue.Of("second") };

        var change = Assert.Single(PlanView.FieldsOf(new SpeakerChange.Peer(Peer.Key, before, after, ChangeImpact.Reset)));

        Assert.Equal(new PlanField("spec.passwordFrom", "set", "changed"), change);
    }

    private static void AssertEachChanges<T>(T before, IEnumerable<T> rows)
    {
        var after = rows.ToList();
        Assert.All(typeof(T).GetProperties(), property =>
            Assert.Contains(after, row => !Equals(property.GetValue(before), property.GetValue(row))));
    }
}
