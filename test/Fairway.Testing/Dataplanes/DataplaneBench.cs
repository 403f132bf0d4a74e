using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Net.NextHops;

namespace Fairway.Testing.Dataplanes;

/// <summary>
/// A dataplane on a host of its own with two links that are up: eth0 (192.0.2.1/24, 2001:db8::1/64) and eth1 (198.51.100.1/24,
/// 2001:db8:1::1/64); and the hand of somebody else on that host. The dataplane has been read once.
/// </summary>
public abstract class DataplaneBench : IAsyncDisposable
{
    public abstract IDataplane Dataplane { get; }

    /// <summary>The metric of our routes.</summary>
    public abstract uint Metric { get; }

    public abstract ValueTask DisposeAsync();

    /// <summary>Somebody adds a route that is not ours.</summary>
    public abstract ValueTask AddForeignAsync(IpPrefix prefix, IpAddr gateway, uint metric);

    /// <summary>Somebody removes such a route.</summary>
    public abstract ValueTask RemoveForeignAsync(IpPrefix prefix, uint metric);

    /// <summary>Somebody removes a route of ours.</summary>
    public abstract ValueTask RemoveOursAsync(IpPrefix prefix);

    public abstract ValueTask SetLinkAsync(string link, bool up);

    public ResolvedHop Hop(string gateway, string link) => new(IpAddr.Parse(gateway), link, Dataplane.View.FindLink(link)!.Index);
}
