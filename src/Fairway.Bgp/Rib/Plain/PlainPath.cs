using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Bgp.Rib.Plain;

/// <summary>A received path with all that the plain decision needs to know of its peer.</summary>
internal sealed record PlainPath(PeerOptions Peer, RouterId RouterId, string? Interface, AttributeSet Received);

/// <summary>The plain decision's outcome: the best path with its attributes after import, and the peers that share its load. <c>default</c>: no path is usable.</summary>
internal readonly record struct PlainChoice(PlainPath? Best, AttributeSet? Attributes, ValueList<PeerKey> Others);
