using System.Buffers;
using Fairway.Bgp.Rib;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Net.Options;
using Fairway.Net.Policies;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>Drives <see cref="BgpRib"/> and <see cref="PlainRib"/> with the same random operations, and compares.</summary>
internal sealed class RandomRib
{
    private const int PeerCount = 5;

    private readonly Random _random;
    private readonly RandomRibPool _pool;
    private readonly SwitchableResolver _resolver = new();
    private readonly BgpRib _rib;
    private readonly PlainRib _plain;
    private readonly Dictionary<PeerKey, (RibPeer Handle, PeerType Type, int Number, ModelReceiver? Receiver)> _peers = [];
    private readonly Dictionary<IpPrefix, RibLearned> _learned = [];
    private readonly HashSet<(PeerKey, AddressFamily)> _refreshed = [];

    public RandomRib(int seed)
    {
        _random = new Random(seed);
        _pool = new(_random, peersAreAlike: seed % 2 == 0);
        var options = new RibOptions { Asn = RandomRibPool.Own, RouterId = RouterId.Parse("192.0.2.1") };
        _rib = new(options, _resolver);
        _plain = new(options, _resolver);
    }

    public void Run(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            Step();
            CheckWritten();
            if (_pool.Chance(4))
                Settle();
        }

        Settle();
        Clear();
    }

    private void Step()
    {
        var number = _random.Next(1, PeerCount + 1);
        var key = RandomRibPool.KeyOf(number);
        if (!_peers.TryGetValue(key, out var peer))
        {
            Add(number, key);
            return;
        }

        switch (_random.Next(100))
        {
            case < 30: Announce(key); break;
            case < 42: Withdraw(key); break;
            case < 50: SetLocal(); break;
            case < 57: Write(key); break;
            case < 68: _rib.Process(_random.Next(1, 12)); break;
            case < 74: Change(key, peer); break;
            case < 79: SwitchNextHop(); break;
            case < 84: Flap(key); break;
            case < 87: Sweep(key); break;
            case < 89: Remove(key); break;
            case < 92: Refresh(key); break;
            case < 94: Defer(); break;
            case < 96: ChangeMultipath(); break;
            default: Drain(); break;
        }
    }

    private void Add(int number, PeerKey key)
    {
        var type = _pool.Pick(PeerType.External, PeerType.External, PeerType.Internal);
        var options = _pool.Peer(number, type);
        _peers[key] = (_rib.AddPeer(options), type, number, null);
        _plain.Peers[key] = new(options);
        Up(key);
    }

    private void Up(PeerKey key)
    {
        var (handle, type, number, _) = _peers[key];
        var session = _pool.Session(number);
        _peers[key] = (handle, type, number, new(session.FourOctetAsn, type == PeerType.Internal));
        _rib.PeerUp(handle, session);
        (_plain.Peers[key].Session, _plain.Peers[key].RouterId) = (session, session.PeerRouterId);
    }

    private void Flap(PeerKey key)
    {
        if (_plain.Peers[key].Session is null)
        {
            Up(key);
            return;
        }

        AddressFamily[] keep = _pool.Chance(50) ? [_pool.Family()] : [];
        var (handle, type, number, _) = _peers[key];
        _rib.PeerDown(handle, keep);
        _plain.Peers[key].Down(keep);
        _peers[key] = (handle, type, number, null);
        _refreshed.RemoveWhere(refreshed => refreshed.Item1 == key);
    }

    private void Sweep(PeerKey key)
    {
        var family = _pool.Family();
        _rib.EndOfRib(_peers[key].Handle, family);
        _plain.Peers[key].Sweep(family);
        Assert.False(_rib.HasStale(_peers[key].Handle, family));
    }

    private void Remove(PeerKey key)
    {
        _rib.RemovePeer(_peers[key].Handle);
        _peers.Remove(key);
        _plain.Peers.Remove(key);
        _refreshed.RemoveWhere(refreshed => refreshed.Item1 == key);
    }

    private void Change(PeerKey key, (RibPeer Handle, PeerType Type, int Number, ModelReceiver?) peer)
    {
        var options = _pool.Peer(peer.Number, peer.Type);
        _rib.UpdatePeer(peer.Handle, options);
        _plain.Peers[key].Options = options;
    }

    private void Announce(PeerKey key)
    {
        if (_plain.Peers[key].Session is not { } session)
            return;
        var family = _pool.Pick(session.Families.Items.AsSpan());
        var attributes = _pool.Attributes(family, _peers[key].Type);
        var prefixes = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => _pool.Prefix(family)).Distinct().ToValueList();
        _rib.Learn(_peers[key].Handle, new() { Announced = [new(family, attributes, prefixes)] });
        foreach (var prefix in prefixes)
            _plain.Peers[key].Received[prefix] = (attributes, false);
    }

    private void Withdraw(PeerKey key)
    {
        var prefix = _pool.Prefix(_pool.Family());
        _rib.Learn(_peers[key].Handle, new() { Withdrawn = [prefix] });
        _plain.Peers[key].Received.Remove(prefix);
    }

    private void SetLocal()
    {
        var prefix = _pool.Prefix(_pool.Family());
        if (_pool.Chance(50))
        {
            _rib.RemoveLocal(prefix);
            _plain.Locals.Remove(prefix);
            return;
        }

        _plain.Locals[prefix] = _pool.Local(prefix);
        _rib.SetLocal(_plain.Locals[prefix]);
    }

    private void SwitchNextHop()
    {
        var answer = _pool.Pick(
            NextHopResolution.Unreachable("down"),
            NextHopResolution.Unchecked,
            new() { IsReachable = true, Metric = 20 },
            new() { IsReachable = true, ViaOurs = true, Via = IpPrefix.Parse("192.0.2.8/29") });
        _rib.NextHopsChanged(_resolver.Set(_pool.NextHop(_pool.Family()), answer));
    }

    private void Refresh(PeerKey key)
    {
        var family = _pool.Family();
        _rib.RefreshRequested(_peers[key].Handle, family);
        if (_plain.Peers[key].Session is not null)
            _refreshed.Add((key, family));
    }

    private void Defer()
    {
        var family = _pool.Family();
        if (_plain.Deferred.Remove(family))
            _rib.ResumeSelection(family);
        else if (_plain.Deferred.Add(family))
            _rib.DeferSelection(family);
    }

    private void ChangeMultipath()
    {
        _plain.Multipath = new() { Ebgp = _random.Next(1, 4), Ibgp = _random.Next(1, 4), RelaxAsPath = _pool.Chance(50) };
        _rib.UpdateMultipath(_plain.Multipath);
    }

    private void Drain()
    {
        var routes = new List<RibLearned>();
        _rib.DrainLearned(_random.Next(1, 8), routes);
        foreach (var route in routes)
            _learned[route.Prefix] = route;
    }

    private void Write(PeerKey key)
    {
        if (_peers[key].Receiver is not { } receiver)
            return;
        var output = new ArrayBufferWriter<byte>();
        var result = _rib.WriteUpdates(_peers[key].Handle, output, _random.Next(1, 300));
        Assert.Equal(output.WrittenCount, result.Bytes);
        var before = receiver.Messages;
        receiver.Receive(output.WrittenSpan);
        Assert.Equal(receiver.Messages - before, result.Messages);
        if (!_refreshed.Any(refreshed => refreshed.Item1 == key))
            Assert.Empty(receiver.Needless);
        receiver.Needless.Clear();
    }

    // At any moment the table "as last written" is what the receiver has.
    private void CheckWritten()
    {
        foreach (var (handle, _, _, receiver) in _peers.Values)
        {
            var cursor = default(RibCursor);
            var rows = new List<RibRow>();
            while (!cursor.IsAtEnd)
                _rib.ReadAdvertised(handle, ref cursor, _random.Next(1, 9), rows);
            var expected = receiver?.Table.ToDictionary(row => row.Key, row => row.Value.Value.ToRouteAttributes()) ?? [];
            Assert.Equal(expected.OrderBy(row => row.Key), rows.ToDictionary(row => row.Prefix, row => row.Attributes).OrderBy(row => row.Key));
            Assert.Equal(expected.Count, _rib.Count(handle).Advertised);
        }
    }

    // All work done, everything written: now both must agree.
    private void Settle()
    {
        foreach (var family in _plain.Deferred.ToArray())
            _rib.ResumeSelection(family);
        _plain.Deferred.Clear();
        while (_rib.HasWork)
            Assert.True(_rib.Process(7) > 0);
        foreach (var key in _peers.Keys)
        {
            while (_rib.HasUpdates(_peers[key].Handle))
                Write(key);
        }

        _refreshed.Clear();
        while (_rib.HasLearned)
        {
            Drain();
            _rib.DrainCompletedFamilies();
        }

        CheckPeers();
        CheckLocRib();
        Assert.Empty(_rib.Audit(1000));
    }

    private void CheckPeers()
    {
        foreach (var (key, plain) in _plain.Peers)
        {
            Assert.Equal(plain.Received.Count, _rib.Count(_peers[key].Handle).Received);
            if (plain.Session is null)
                continue;
            var receiver = _peers[key].Receiver!;
            Assert.Equal(_plain.AdjRibOut(plain).OrderBy(row => row.Key), receiver.Table.OrderBy(row => row.Key));
            Assert.Equal(plain.Session.Families.Items.Order(), receiver.EndOfRibs.Order());
        }
    }

    private void CheckLocRib()
    {
        foreach (var prefix in _plain.Prefixes.Concat(_learned.Keys).Distinct().ToArray())
        {
            var choice = _plain.Choose(prefix);
            PeerKey[] expected = choice.Best is { } best && !_plain.Locals.ContainsKey(prefix) ? [best.Peer.Key, .. choice.Others] : [];
            Assert.Equal(expected, _rib.FindLearned(prefix).Paths.Items.Select(path => path.Peer.Options.Key));
            Assert.Equal(expected, _learned.GetValueOrDefault(prefix).Paths.Items.Select(path => path.Peer.Options.Key));
            Assert.Equal(_rib.FindLearned(prefix), _learned.GetValueOrDefault(prefix, new(prefix, [])));
        }
    }

    // Whatever was taken is given back: nothing leaks.
    private void Clear()
    {
        foreach (var key in _peers.Keys.ToArray())
            Remove(key);
        foreach (var prefix in _plain.Locals.Keys)
            _rib.RemoveLocal(prefix);
        while (_rib.HasWork)
            _rib.Process(100);
        _rib.DrainLearned(int.MaxValue, new List<RibLearned>());
        Assert.Equal((0L, 0L, 0L, 0), (_rib.Size.Prefixes, _rib.Size.Paths, _rib.Size.AttributeSets, _rib.Size.UpdateGroups));
    }
}
