using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Bgp.Rib;

/// <summary>Tables that the audit checks.</summary>
public enum RibTable
{
    LocRib,
    AdjRibOut,
}

/// <summary>An entry that differs from what the plain tables say. <see cref="Peer"/> is null for Loc-RIB. Both values are text for people.</summary>
public sealed record RibMismatch(RibTable Table, IpPrefix Prefix, PeerKey? Peer, string Desired, string Observed);
