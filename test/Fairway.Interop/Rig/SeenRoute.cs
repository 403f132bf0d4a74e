using System.Globalization;

namespace Fairway.Interop.Rig;

/// <summary>
/// A BGP path as a foreign daemon shows it, in one notation for all daemons, so that a test compares one value.
/// Communities of each kind are joined by blanks and sorted: "65000:1 65000:2", "65000:1:2", "rt:65000:1".
/// </summary>
internal sealed record SeenRoute(string Prefix, string NextHop)
{
    /// <summary>The AS path in order: "65001 4200000001"; a set is "{65002 65003}"; empty for a local route.</summary>
    public string AsPath { get; init; } = "";

    /// <summary>IGP, EGP or Incomplete.</summary>
    public string Origin { get; init; } = "IGP";

    /// <summary>null where the attribute is absent.</summary>
    public uint? Med { get; init; }

    /// <summary>null where the attribute is absent; BIRD shows its default of 100 for external paths.</summary>
    public uint? LocalPref { get; init; }

    public string Communities { get; init; } = "";

    public string LargeCommunities { get; init; } = "";

    public string ExtendedCommunities { get; init; } = "";

    /// <summary>The best path of its prefix.</summary>
    public bool Best { get; init; }

    /// <summary>Kept from a session that is down, by graceful restart. BIRD shows only long-lived staleness.</summary>
    public bool Stale { get; init; }

    /// <summary>Where it came from: BIRD's protocol name, the peer's address with FRR and GoBGP; empty for a local route.</summary>
    public string From { get; init; } = "";

    internal static string Join(IEnumerable<string> communities) => string.Join(' ', communities.Order(StringComparer.Ordinal));

    internal static string Community(uint value) => string.Create(CultureInfo.InvariantCulture, $"{value >> 16}:{value & 0xffff}");
}
