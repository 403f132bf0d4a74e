using Fairway.Interop.Rig;

namespace Fairway.Interop.Frr;

/// <summary>The agent and FRR 8.4 exchange routes in both families, each with every attribute as the other set it.</summary>
public sealed class FrrRoutesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Ten_prefixes_pass_each_way_between_two_ases_with_their_attributes_and_go_when_withdrawn()
    {
        await using var lab = new NetworkLab(output);
        var pair = await FrrPair.StartAsync(lab, FrrPair.ExternalAsn);

        // LOCAL_PREF stays inside an AS (RFC 4271 §5.1.5).
        var ours = FrrPair.OurPrefixes.Select(prefix => Ours(prefix) with { AsPath = "65540 65540" }).ToHashSet();
        var theirs = FrrPair.FrrPrefixes.Select(prefix => Theirs(prefix) with { AsPath = "64501 65551" }).ToHashSet();
        await Eventually.Equal(ours, pair.AtFrr, "FRR holds our ten prefixes");
        await Eventually.Equal(theirs, pair.AtAgent, "the agent holds FRR's ten prefixes");
        await Eventually.Equal(InKernel(FrrPair.FrrPrefixes), () => KernelRoutes.Text(pair.Node, protocol: 196), "and so does the kernel");

        pair.Agent.Write("node.yaml", pair.Documents(FrrPair.OurPrefixes.Except(["203.0.113.0/28", "2001:db8:a::/48"])));
        pair.Frr.Vtysh("configure terminal", "router bgp 64501", "address-family ipv4 unicast", "no network 198.51.100.0/28");
        pair.Frr.Vtysh("configure terminal", "router bgp 64501", "address-family ipv6 unicast", "no network 2001:db8:fa::/48");

        ours.RemoveWhere(route => route.Prefix is "203.0.113.0/28" or "2001:db8:a::/48");
        theirs.RemoveWhere(route => route.Prefix is "198.51.100.0/28" or "2001:db8:fa::/48");
        await Eventually.Equal(ours, pair.AtFrr, "FRR has let go of our two withdrawn prefixes");
        await Eventually.Equal(theirs, pair.AtAgent, "the agent has let go of FRR's");
        await Eventually.Equal(InKernel(theirs.Select(route => route.Prefix)), () => KernelRoutes.Text(pair.Node, protocol: 196), "and so has the kernel");
    }

    [Fact]
    public async Task Ten_prefixes_pass_each_way_inside_an_as_with_their_local_preference()
    {
        await using var lab = new NetworkLab(output);
        var pair = await FrrPair.StartAsync(lab, FrrPair.InternalAsn);

        // Nothing is prepended inside the AS: our own number in the path would look like a loop (RFC 4271 §9.1.2).
        var ours = FrrPair.OurPrefixes.Select(prefix => Ours(prefix) with { LocalPref = 200 }).ToHashSet();
        var theirs = FrrPair.FrrPrefixes.Select(prefix => Theirs(prefix) with { AsPath = "65551", LocalPref = 250 }).ToHashSet();
        await Eventually.Equal(ours, pair.AtFrr, "FRR holds our ten prefixes");
        await Eventually.Equal(theirs, pair.AtAgent, "the agent holds FRR's ten prefixes");
    }

    private static SeenRoute Ours(string prefix) => new(prefix, prefix.Contains(':') ? "2001:db8:1::1" : "192.0.2.1")
    {
        Med = 7,
        Communities = "64500:10 64500:11",
        LargeCommunities = "65540:1:2",
        ExtendedCommunities = "rt:64500:100",
        Best = true,
        From = prefix.Contains(':') ? "2001:db8:1::1" : "192.0.2.1",
    };

    private static SeenRoute Theirs(string prefix) => new(prefix, Gateway(prefix))
    {
        Med = 33,
        Communities = "64501:1 64501:2",
        LargeCommunities = "64501:1:2",
        ExtendedCommunities = "rt:64501:55",
        Best = true,
        From = prefix.Contains(':') ? "frr6" : "frr4",
    };

    private static string[] InKernel(IEnumerable<string> prefixes)
        => [.. prefixes.Select(prefix => $"{prefix} proto 196 metric 20 via {Gateway(prefix)} dev to-frr").Order(StringComparer.Ordinal)];

    private static string Gateway(string prefix) => prefix.Contains(':') ? "2001:db8:1::2" : "192.0.2.2";
}
