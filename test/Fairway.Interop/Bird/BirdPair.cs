using Fairway.Interop.Rig;

namespace Fairway.Interop.Bird;

/// <summary>One BIRD and one Fairway on a cable, with one session over IPv4 and one over IPv6, each for its own family.</summary>
internal sealed class BirdPair(LabNode birdNode, LabNode node, BirdRouter bird, FairwayRouter fairway)
{
    /// <summary>The number our routes bear in the kernel.</summary>
    public const int KernelProtocol = 196;

    /// <summary>What BIRD announces: ten prefixes a family.</summary>
    public static readonly string[] BirdPrefixes =
        [.. Enumerable.Range(0, 10).Select(i => $"203.0.113.{16 * i}/28"), .. Enumerable.Range(0, 10).Select(i => $"2001:db8:b{i}::/48")];

    /// <summary>What we announce: ten prefixes a family.</summary>
    public static readonly string[] OurPrefixes =
        [.. Enumerable.Range(0, 10).Select(i => $"198.51.100.{16 * i}/28"), .. Enumerable.Range(0, 10).Select(i => $"2001:db8:f{i}::/48")];

    public static readonly string[] Sessions = ["four", "six"];

    public LabNode BirdNode => birdNode;

    public LabNode Node => node;

    public BirdRouter Bird => bird;

    public FairwayRouter Fairway => fairway;

    /// <summary>Starts both; of our prefixes all are announced, without attributes unless given.</summary>
    public static async Task<BirdPair> StartAsync(NetworkLab lab, BirdText birdText, FairwayText text, string attributes = "")
    {
        var (birdNode, node) = (lab.AddNode("bird"), lab.AddNode("node"));
        lab.Connect(birdNode, ["192.0.2.1/24", "2001:db8:1::1/64"], node, ["192.0.2.2/24", "2001:db8:1::2/64"]);
        var bird = await BirdRouter.StartAsync(birdNode, birdText.ToString());
        var fairway = await FairwayRouter.StartAsync(node, text.ToString());
        fairway.Write("ours.yaml", FairwayText.Advertisement("ours", OurPrefixes, attributes));
        return new BirdPair(birdNode, node, bird, fairway);
    }

    /// <summary>Both sessions are up, at both ends.</summary>
    public async Task EstablishedAsync()
    {
        foreach (var session in Sessions)
        {
            await bird.EstablishedAsync(session);
            await fairway.EstablishedAsync(session);
        }
    }

    /// <summary>Both sessions are up, BIRD holds our prefixes, our kernel holds BIRD's.</summary>
    public async Task ConvergedAsync()
    {
        await EstablishedAsync();
        await BirdHoldsAsync(OurPrefixes);
        await KernelHoldsAsync(BirdPrefixes);
    }

    /// <summary>BIRD holds exactly these prefixes from us.</summary>
    public Task BirdHoldsAsync(IEnumerable<string> prefixes)
        => Eventually.Equal(Ordered(prefixes), () => Ordered(FromUs().Select(route => route.Prefix)), "BIRD holds exactly our prefixes");

    /// <summary>Our kernel holds exactly these prefixes from BIRD.</summary>
    public Task KernelHoldsAsync(IEnumerable<string> prefixes)
        => Eventually.Equal(Ordered(prefixes), () => Ordered(KernelPrefixes()), "our kernel holds exactly BIRD's prefixes");

    /// <summary>A start after kill -9 knows only what is on disk: both sessions must be in the state directory.</summary>
    public Task PeersAreKeptInStateAsync()
        => Eventually.Passes(
            () =>
            {
                var kept = File.ReadAllText(Path.Combine(node.Lab.Folder, $"{node.Name}.state", "node.json"));
                Assert.Contains("192.0.2.1", kept);
                Assert.Contains("2001:db8:1::1", kept);
            },
            "the state on disk lists both peers as up");

    /// <summary>BIRD's routes that came from us, as BIRD shows them.</summary>
    public IReadOnlyList<SeenRoute> FromUs() => [.. Sessions.SelectMany(session => bird.Routes($"protocol {session}"))];

    /// <summary>How many routes and withdrawals BIRD has received from us in both families.</summary>
    public BirdCounters Received() => Sessions.Select(session => BirdCounters.Import(bird.Protocol(session))).Aggregate((a, b) => a + b);

    /// <summary>How often BIRD has sent a route to us, or withdrawn one, in both families.</summary>
    public BirdCounters Sent() => Sessions.Select(session => BirdCounters.Export(bird.Protocol(session))).Aggregate((a, b) => a + b);

    private IEnumerable<string> KernelPrefixes()
        => KernelRoutes.Read(node).Where(route => route.Protocol == KernelProtocol).Select(route => route.Prefix);

    private static string[] Ordered(IEnumerable<string> prefixes) => [.. prefixes.Order(StringComparer.Ordinal)];
}
