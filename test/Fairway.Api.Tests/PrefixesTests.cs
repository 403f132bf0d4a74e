using Fairway.Net;
using Fairway.Speakers;
using static Fairway.Testing.Intents.Wishes;

namespace Fairway.Api.Tests;

public sealed class PrefixesTests
{
    private const string Vip = "203.0.113.1/32";
    private const string Other = "203.0.113.2/32";

    [Fact]
    public async Task A_prefix_counts_as_advertised_once_it_was_written_to_one_peer_and_names_who_waits()
    {
        var bench = TwoPeers(Advertisement("vips", Vip));
        bench.Up(ApiBench.Tor1, Vip);

        Assert.Equal([$"{Vip} files/fairway Advertisement/vips advertised '' [tor1] [tor2]"], await RowsAsync(bench));
    }

    [Fact]
    public async Task Without_a_session_it_is_pending()
    {
        var bench = TwoPeers(Advertisement("vips", Vip));

        Assert.Equal([$"{Vip} files/fairway Advertisement/vips pending 'no session of the selected peers is Established' [] [tor1,tor2]"], await RowsAsync(bench));
    }

    [Fact]
    public async Task With_a_session_that_lacks_it_the_way_to_the_reason_is_told()
    {
        var bench = TwoPeers(Advertisement("vips", Vip));
        bench.Up(ApiBench.Tor1);

        Assert.Equal([$"{Vip} files/fairway Advertisement/vips pending 'not written to a peer: see fairway explain' [] [tor1,tor2]"], await RowsAsync(bench));
    }

    [Fact]
    public async Task A_scoped_wish_names_its_own_peers_only()
    {
        var bench = TwoPeers(Advertisement("all", Vip), Advertisement("one", Vip, Named("tor1")));
        bench.Up(ApiBench.Tor1, Vip);
        bench.Up(ApiBench.Tor2, Vip);

        Assert.Equal(
            [
                $"{Vip} files/fairway Advertisement/all advertised '' [tor2] []",
                $"{Vip} files/fairway Advertisement/one advertised '' [tor1] []",
            ],
            await RowsAsync(bench));
    }

    [Fact]
    public async Task A_wish_that_lost_is_suppressed_and_says_to_whom()
    {
        var rows = await RowsAsync(TwoPeers(Advertisement("ours", Vip), Advertisement("theirs", Vip, med: 7, owner: "kubernetes/antrea")));

        Assert.Equal(2, rows.Count);
        Assert.StartsWith($"{Vip} files/fairway Advertisement/ours pending", rows[0], StringComparison.Ordinal);
        Assert.StartsWith($"{Vip} kubernetes/antrea Advertisement/theirs suppressed 'HigherPrecedence: Advertisement/ours of files/fairway counts'", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wish_that_cannot_be_is_refused_with_its_reason()
    {
        Assert.StartsWith($"{Vip} files/fairway Advertisement/vips refused 'NoPeerSelected", Assert.Single(await RowsAsync(TwoPeers(Advertisement("vips", Vip, Named("nobody"))))), StringComparison.Ordinal);
        Assert.StartsWith($"{Vip} files/fairway Advertisement/vips refused 'NoInstance", Assert.Single(await RowsAsync(new ApiBench(Advertisement("vips", Vip)))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_counts_the_prefixes_that_were_written_to_a_peer_they_are_meant_for()
    {
        var bench = TwoPeers(Advertisement("vips", Vip, Named("tor1")), Advertisement("others", Other));
        bench.Up(ApiBench.Tor1, Other);
        bench.Up(ApiBench.Tor2, Vip);

        Assert.Equal(1, await CountAsync(bench));
        bench.Up(ApiBench.Tor1, Vip, Other);
        Assert.Equal(2, await CountAsync(bench));
    }

    [Fact]
    public async Task What_a_session_that_is_down_was_once_sent_does_not_count()
    {
        var bench = TwoPeers(Advertisement("vips", Vip));
        bench.Up(ApiBench.Tor1, Vip);
        bench.Fake.PeerStates.Clear();

        Assert.Equal(0, await CountAsync(bench));
    }

    [Fact]
    public async Task In_a_large_table_single_prefixes_are_looked_up()
    {
        var bench = TwoPeers(Advertisement("vips", Vip));
        bench.Up(ApiBench.Tor1, Vip);
        var rows = bench.Fake.Routes[new RouteQuery(RouteView.Advertised, ApiBench.Tor1)];
        bench.Fake.Routes.Clear();
        bench.Fake.Routes[new RouteQuery(RouteView.Advertised, ApiBench.Tor1, IpPrefix.Parse(Vip))] = rows;
        bench.Fake.PeerStates[ApiBench.Tor1] = bench.Fake.PeerStates[ApiBench.Tor1] with { Advertised = 1_000_000 };

        Assert.Equal(1, await CountAsync(bench));
    }

    private static ApiBench TwoPeers(params Intents.Model.Intent[] wishes) =>
        new([Instance(64496), Peer("tor1", "192.0.2.1", 64497), Peer("tor2", "192.0.2.2", 64498), .. wishes]);

    private static async Task<List<string>> RowsAsync(ApiBench bench) =>
        [.. (await Prefixes.ReadAsync(bench.Snapshot, bench.Speaker, CancellationToken.None)).Rows().Select(row =>
            $"{row.Prefix} {row.Owner} {row.Origin} {row.State} '{row.Reason}' [{string.Join(',', row.AdvertisedTo)}] [{string.Join(',', row.WaitingFor)}]")];

    private static async Task<int> CountAsync(ApiBench bench) =>
        await new WrittenPrefixes(bench.Snapshot, bench.Speaker).CountAsync(await bench.Speaker.ReadPeersAsync(CancellationToken.None), CancellationToken.None);
}
