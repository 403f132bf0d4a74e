using Fairway.Net;
using Fairway.Net.NextHops;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>Reaches every next hop at metric 0 except where told otherwise; remembers what it was asked.</summary>
internal sealed class SwitchableResolver : INextHopResolver
{
    private readonly Dictionary<IpAddr, NextHopResolution> _answers = [];

    public HashSet<NextHopQuery> Asked { get; } = [];

    public NextHopResolution Resolve(in NextHopQuery query, IpPrefix? excluding = null)
    {
        Asked.Add(query);
        var answer = _answers.GetValueOrDefault(query.Address, NextHopResolution.Unchecked);
        return answer.ViaOurs && answer.Via == excluding ? NextHopResolution.Unreachable("only through itself") : answer;
    }

    /// <summary>Changes an answer and returns the questions it concerns.</summary>
    public IReadOnlyList<NextHopQuery> Set(IpAddr address, NextHopResolution answer)
    {
        _answers[address] = answer;
        return [.. Asked.Where(query => query.Address == address)];
    }

    public IReadOnlyList<NextHopQuery> Set(string address, uint? metric) => Set(
        IpAddr.Parse(address),
        metric is { } cost ? new() { IsReachable = true, Metric = cost } : NextHopResolution.Unreachable("no route"));
}
