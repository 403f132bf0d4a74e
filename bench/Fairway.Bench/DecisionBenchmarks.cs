using BenchmarkDotNet.Attributes;
using Fairway.Bgp.Rib.Decision;
using Fairway.Net;

namespace Fairway.Bench;

/// <summary>The decision between paths of one prefix: settled at the first step that differs, and at the last.</summary>
public class DecisionBenchmarks
{
    private readonly DecisionStep[] _steps = new DecisionStep[8];
    private Candidate[] _candidates = [];

    [Params(2, 8)]
    public int Paths { get; set; }

    [Params(DecisionStep.LocalPref, DecisionStep.PeerAddress)]
    public DecisionStep DecidedBy { get; set; }

    [GlobalSetup]
    public void Setup() => _candidates =
    [
        .. Enumerable.Range(0, Paths).Select(i => new Candidate
        {
            LocalPref = DecidedBy == DecisionStep.LocalPref ? (uint)(100 + i) : 100,
            AsPathLength = 4,
            NeighborAsn = new(64501),
            IsExternal = true,
            Peer = new(IpAddr.FromIPv4(0xC0000200 + (uint)i)),
        }),
    ];

    [Benchmark]
    public int Select() => DecisionProcess.Select(_candidates, _steps.AsSpan(0, Paths));
}
