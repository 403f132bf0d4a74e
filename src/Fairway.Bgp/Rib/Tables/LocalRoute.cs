using Fairway.Net.Options;

namespace Fairway.Bgp.Rib.Tables;

/// <summary>A route of our own: what was asked for, and the interned attributes of each alternative.</summary>
internal sealed record LocalRoute(AdvertisedPrefix Advertised, uint[] Attributes);
