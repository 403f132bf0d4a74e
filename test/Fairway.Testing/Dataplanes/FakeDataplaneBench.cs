using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Net.NextHops;

namespace Fairway.Testing.Dataplanes;

/// <summary>The bench around a <see cref="FakeDataplane"/>: what a kernel does with links and foreign routes, as far as the contract sees it.</summary>
public sealed class FakeDataplaneBench : DataplaneBench
{
    private readonly List<ForeignRoute> _foreign = [];
    private readonly HashSet<string> _down = [];

    public FakeDataplaneBench() => Show();

    public FakeDataplane Fake { get; } = new();

    public override IDataplane Dataplane => Fake;

    public override uint Metric => FakeDataplane.Metric;

    public override ValueTask AddForeignAsync(IpPrefix prefix, IpAddr gateway, uint metric)
    {
        var link = Links().First(link => link.Addresses.Any(address => address.Subnet.Contains(gateway)));
        _foreign.Add(new ForeignRoute(prefix, metric, 4, [new ResolvedHop(gateway, link.Name, link.Index)]));
        return Tell(DataplaneSignal.View);
    }

    /// <summary>Somebody adds an unreachable route.</summary>
    public void AddUnreachable(IpPrefix prefix)
    {
        _foreign.Add(new ForeignRoute(prefix, 50, 4, []));
        Show();
        Fake.Signal(DataplaneSignal.View);
    }

    public override ValueTask RemoveForeignAsync(IpPrefix prefix, uint metric)
    {
        _foreign.RemoveAll(route => route.Prefix == prefix && route.Metric == metric);
        return Tell(DataplaneSignal.View);
    }

    public override ValueTask RemoveOursAsync(IpPrefix prefix)
    {
        Fake.Lose(prefix);
        return Tell(DataplaneSignal.Routes);
    }

    public override ValueTask SetLinkAsync(string link, bool up)
    {
        _ = up ? _down.Remove(link) : _down.Add(link);
        return Tell(DataplaneSignal.View | DataplaneSignal.Routes);
    }

    public override ValueTask DisposeAsync() => Fake.DisposeAsync();

    private ValueTask Tell(DataplaneSignal signal)
    {
        Show();
        Fake.Signal(signal);
        return ValueTask.CompletedTask;
    }

    private void Show()
    {
        var links = Links();
        var connected = links.Where(link => link.IsUp).SelectMany(link => link.Addresses.Select(address =>
            new ForeignRoute(address.Subnet, address.Address.IsIPv6 ? 256u : 0u, 2, [new ResolvedHop(null, link.Name, link.Index)])));
        Fake.SetView(links, connected.Concat(_foreign.Where(route => route.Hops.All(hop => !_down.Contains(hop.Interface)))));
    }

    private List<Link> Links() =>
    [
        LinkOf(2, "eth0", "192.0.2.1/24", "2001:db8::1/64"),
        LinkOf(3, "eth1", "198.51.100.1/24", "2001:db8:1::1/64"),
    ];

    private Link LinkOf(int index, string name, params string[] addresses) =>
        new(index, name, !_down.Contains(name), addresses.Select(address => new LinkAddress(IpAddr.Parse(address.Split('/')[0]), IpPrefix.Parse(address))).ToValueList());
}
