using Fairway.Net;
using Fairway.Net.NextHops;

namespace Fairway.Bgp.Rib.Tables;

/// <summary>A next hop as one peer's paths of one family use it, with the head of their list. <see cref="Query"/> null: paths that import rejected.</summary>
internal sealed class NextHopEntry(int index, NextHopKey key)
{
    public int Index { get; } = index;

    public NextHopKey Key { get; } = key;

    public NextHopQuery? Query => Key.Query;

    public NextHopResolution Resolution { get; set; } = NextHopResolution.Unreachable("not accepted");

    public uint FirstPath { get; set; }

    public int Count { get; set; }
}

/// <summary>What makes a next hop entry its own.</summary>
internal readonly record struct NextHopKey(ushort Peer, AddressFamily Family, NextHopQuery? Query, IpAddr? LinkLocal);
