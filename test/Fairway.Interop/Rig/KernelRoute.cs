using System.Globalization;

namespace Fairway.Interop.Rig;

/// <summary>One route as <c>ip -N route</c> shows it: every number is a number, every prefix has its length.</summary>
internal sealed record KernelRoute(string Prefix, string Type, int Table, int Protocol, int Metric, string Hops)
{
    /// <summary>
    /// "203.0.113.0/24 proto 196 metric 20 via 192.0.2.1 dev to-r2", with " table N" before "via" outside of table 254.
    /// More than one hop: "via A dev X weight 1, via B dev Y weight 1". Other types come first: "blackhole 203.0.113.0/24 ...".
    /// </summary>
    public override string ToString()
    {
        var type = Type == "unicast" ? "" : $"{Type} ";
        var table = Table == 254 ? "" : string.Create(CultureInfo.InvariantCulture, $" table {Table}");
        return string.Create(CultureInfo.InvariantCulture, $"{type}{Prefix} proto {Protocol} metric {Metric}{table} {Hops}").TrimEnd();
    }
}
