using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers;
using static Fairway.Testing.Intents.Wishes;

namespace Fairway.Api.Tests;

public sealed class ExplainerTests
{
    private const string Vip = "203.0.113.1/32";
    private static readonly string[] SpeakerGates = ["instance", "scope", "session", "family", "nextHop", "export", "sent"];

    [Fact]
    public async Task A_prefix_that_was_sent_passed_every_gate_out_in_order()
    {
        var bench = new ApiBench(Instance(64496), Peer("tor1", "192.0.2.1", 64497), Advertisement("vips", Vip));
        bench.Fake.ExportGates = Passing();

        var answer = await ExplainAsync(bench, Vip);

        Assert.Equal("advertised", answer.Verdict);
        Assert.Equal(["object", "ownership", "policy", "instance", "scope", "session", "family", "nextHop", "export", "sent"], Names(answer));
        Assert.All(answer.Gates, gate => Assert.Equal(GateResult.Pass, gate.Result));
        Assert.Equal(("Advertisement/vips", "prefixes.yaml:1"), (answer.Gates[0].Object, answer.Gates[0].Reason));
    }

    [Theory]
    [InlineData("session")]
    [InlineData("family")]
    [InlineData("nextHop")]
    [InlineData("export")]
    [InlineData("sent")]
    public async Task The_list_ends_at_the_first_gate_of_the_speaker_that_failed_with_its_fix(string failing)
    {
        var bench = new ApiBench(Instance(64496), Peer("tor1", "192.0.2.1", 64497), Advertisement("vips", Vip));
        bench.Fake.ExportGates = FailingAt(failing);

        var answer = await ExplainAsync(bench, Vip);

        Assert.Equal("not advertised", answer.Verdict);
        AssertLast(answer, failing, "mend it");
        Assert.Equal("tor1", answer.Peer);
    }

    [Theory]
    [InlineData("instance")]
    [InlineData("scope")]
    public async Task What_the_speaker_was_not_told_yet_shows_in_the_place_of_what_was_wished(string failing)
    {
        var bench = new ApiBench(Instance(64496), Peer("tor1", "192.0.2.1", 64497), Advertisement("vips", Vip));
        bench.Fake.ExportGates = FailingAt(failing);

        var answer = await ExplainAsync(bench, Vip);

        AssertLast(answer, failing, "mend it");
        Assert.Single(answer.Gates, gate => gate.Name == failing);
    }

    [Fact]
    public async Task Without_a_peer_the_first_that_lacks_the_prefix_is_told()
    {
        var bench = new ApiBench(Instance(64496), Peer("tor1", "192.0.2.1", 64497), Peer("tor2", "192.0.2.2", 64498), Advertisement("vips", Vip));

        var answer = await ExplainAsync(bench, Vip);

        Assert.Equal(("tor1", "session"), (answer.Peer, answer.Gates[^1].Name));
    }

    [Fact]
    public async Task A_wish_that_lost_to_another_owner_fails_at_ownership_for_the_peers_of_the_other()
    {
        var bench = new ApiBench(
            Instance(64496), Peer("tor1", "192.0.2.1", 64497), Advertisement("vips", Vip), Advertisement("theirs", Vip, med: 5, owner: "kubernetes/antrea"));
        bench.Fake.ExportGates = Passing();

        Assert.Equal("owner files/fairway", (await ExplainAsync(bench, Vip)).Gates[1].Reason);
        bench.Snapshot = bench.Snapshot with { Wishes = [.. bench.Snapshot.Wishes.Where(wish => wish.Origin.Name == "theirs")] };

        AssertLast(await ExplainAsync(bench, Vip), "ownership");
    }

    [Fact]
    public async Task A_condition_that_does_not_hold_fails_at_policy()
    {
        var wish = Advertisement("vips", Vip) with { WhenAnyOf = [IpPrefix.Parse("198.51.100.0/24")] };
        var bench = new ApiBench(Instance(64496), Peer("tor1", "192.0.2.1", 64497), wish);

        var answer = await ExplainAsync(bench, Vip);

        AssertLast(answer, "policy");
        Assert.Contains("198.51.100.0/24", answer.Gates[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_instance_in_force_the_instance_gate_fails() =>
        AssertLast(await ExplainAsync(new ApiBench(Peer("tor1", "192.0.2.1", 64497), Advertisement("vips", Vip)), Vip), "instance");

    [Fact]
    public async Task A_selector_that_matches_no_peer_fails_at_scope() =>
        AssertLast(await ExplainAsync(new ApiBench(Instance(64496), Peer("tor1", "192.0.2.1", 64497), Advertisement("vips", Vip, Named("tor9"))), Vip), "scope");

    [Fact]
    public async Task A_peer_that_is_not_selected_fails_at_scope()
    {
        var bench = new ApiBench(Instance(64496), Peer("tor1", "192.0.2.1", 64497), Peer("tor2", "192.0.2.2", 64498), Advertisement("vips", Vip, Named("tor1")));

        var answer = await ExplainAsync(bench, Vip, ApiBench.Tor2);

        AssertLast(answer, "scope");
        Assert.Equal("tor2", answer.Peer);
    }

    [Fact]
    public async Task Of_several_wishes_the_one_for_the_asked_peer_is_told()
    {
        var bench = new ApiBench(
            Instance(64496), Peer("tor1", "192.0.2.1", 64497), Peer("tor2", "192.0.2.2", 64498), Advertisement("first", Vip, Named("tor1")), Advertisement("second", Vip, Named("tor2")));
        bench.Fake.ExportGates = Passing();

        Assert.Equal("Advertisement/second", (await ExplainAsync(bench, Vip, ApiBench.Tor2)).Gates[0].Object);
    }

    [Fact]
    public async Task A_peer_without_the_family_fails_at_family()
    {
        var peer = Peer("tor1", "192.0.2.1", 64497) with { Families = [new PeerFamilyIntent(AddressFamily.Ipv4Unicast, [], [])] };
        var bench = new ApiBench(Instance(64496), peer, Peer("tor2", "192.0.2.2", 64498), Advertisement("vips", "2001:db8::1/128"));

        var answer = await ExplainAsync(bench, "2001:db8::1/128", ApiBench.Tor1);

        AssertLast(answer, "family");
        Assert.Equal("spec.families", answer.Gates[^1].Field);
    }

    [Fact]
    public async Task A_prefix_that_nobody_knows_says_so_and_names_the_refused_document_if_there_is_one()
    {
        var bench = new ApiBench(Instance(64496));

        AssertLast(await ExplainAsync(bench, Vip), "object", "add it to spec.prefixes of an Advertisement, or let a peer announce it");
        bench.Snapshot = bench.Snapshot with { Problems = [new SourceProblem(ProblemSeverity.Error, "BadPrefix", "'x' is not a prefix") { File = "vips.yaml", Line = 4 }] };

        Assert.Contains("vips.yaml:4", (await ExplainAsync(bench, Vip)).Gates[^1].Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import", "not selected")]
    [InlineData("nextHop", "not selected")]
    [InlineData("best", "not selected")]
    public async Task A_learned_prefix_stops_at_the_gate_in_that_failed(string failing, string verdict)
    {
        var bench = new ApiBench(Instance(64496), Peer("tor1", "192.0.2.1", 64497));
        string[] names = ["received", "import", "nextHop", "best"];
        bench.Fake.ImportGates = [.. names.Select(name => Gate(name, failing, names))];

        var answer = await ExplainAsync(bench, "198.51.100.0/24");

        Assert.Equal(verdict, answer.Verdict);
        AssertLast(answer, failing, "mend it");
    }

    [Fact]
    public async Task A_selected_prefix_goes_on_to_protection_and_kernel()
    {
        var bench = new ApiBench(Instance(64496), Peer("tor1", "192.0.2.1", 64497));
        bench.Fake.ImportGates = [new Gate("received", GateResult.Pass), new Gate("import", GateResult.Pass), new Gate("nextHop", GateResult.Pass), new Gate("best", GateResult.Pass)];

        var answer = await ExplainAsync(bench, "198.51.100.0/24");

        Assert.Equal("not installed", answer.Verdict);
        Assert.Equal(["received", "import", "nextHop", "best", "protected", "kernel"], Names(answer));
        AssertLast(answer, "kernel");
    }

    private static Task<Explanation> ExplainAsync(ApiBench bench, string prefix, PeerKey? peer = null) =>
        new Explainer(bench.Snapshot, bench.Speaker, bench.Routing).ExplainAsync(IpPrefix.Parse(prefix), peer, CancellationToken.None);

    private static Gate[] Passing() => [.. SpeakerGates.Select(name => new Gate(name, GateResult.Pass))];

    private static Gate[] FailingAt(string failing) => [.. SpeakerGates.Select(name => Gate(name, failing, SpeakerGates))];

    private static Gate Gate(string name, string failing, string[] names) => name == failing
        ? new Gate(name, GateResult.Fail, Reason: "it fails", Fix: "mend it")
        : new Gate(name, Array.IndexOf(names, name) < Array.IndexOf(names, failing) ? GateResult.Pass : GateResult.Skipped);

    private static IEnumerable<string> Names(Explanation answer) => answer.Gates.Select(gate => gate.Name);

    private static void AssertLast(Explanation answer, string gate, string? fix = null)
    {
        Assert.Equal((gate, GateResult.Fail), (answer.Gates[^1].Name, answer.Gates[^1].Result));
        Assert.All(answer.Gates.SkipLast(1), passed => Assert.Equal(GateResult.Pass, passed.Result));
        if (fix is not null)
        {
            Assert.Equal(fix, answer.Gates[^1].Fix);
        }
    }
}
