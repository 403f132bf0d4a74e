using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fairway.Net.Routes;

/// <summary>A community (RFC 1997): "65000:1", or a well-known name.</summary>
public readonly record struct Community(uint Value) : IComparable<Community>
{
    /// <summary>RFC 8326 §5.</summary>
    public static readonly Community GracefulShutdown = new(0xFFFF0000);

    /// <summary>RFC 7999 §5.</summary>
    public static readonly Community Blackhole = new(0xFFFF029A);
    public static readonly Community NoExport = new(0xFFFFFF01);
    public static readonly Community NoAdvertise = new(0xFFFFFF02);
    public static readonly Community NoExportSubconfed = new(0xFFFFFF03);

    /// <summary>RFC 3765.</summary>
    public static readonly Community NoPeer = new(0xFFFFFF04);

    private static readonly Dictionary<string, Community> ByName = new(StringComparer.Ordinal)
    {
        ["graceful-shutdown"] = GracefulShutdown,
        ["blackhole"] = Blackhole,
        ["no-export"] = NoExport,
        ["no-advertise"] = NoAdvertise,
        ["no-export-subconfed"] = NoExportSubconfed,
        ["no-peer"] = NoPeer,
    };

    private static readonly Dictionary<uint, string> NameOf = ByName.ToDictionary(pair => pair.Value.Value, pair => pair.Key);

    public static bool TryParse([NotNullWhen(true)] string? text, out Community community)
    {
        community = default;
        if (text is null || ByName.TryGetValue(text, out community))
        {
            return text is not null;
        }

        var parts = text.Split(':');
        if (parts.Length != 2 || !Digits.TryParse(parts[0], out ushort high) || !Digits.TryParse(parts[1], out ushort low))
        {
            return false;
        }

        community = new(((uint)high << 16) | low);
        return true;
    }

    public static Community Parse(string text) => TryParse(text, out var community) ? community : throw new FormatException($"'{text}' is not a community.");

    public int CompareTo(Community other) => Value.CompareTo(other.Value);

    public static bool operator <(Community left, Community right) => left.Value < right.Value;

    public static bool operator >(Community left, Community right) => left.Value > right.Value;

    public static bool operator <=(Community left, Community right) => left.Value <= right.Value;

    public static bool operator >=(Community left, Community right) => left.Value >= right.Value;

    public override string ToString() => NameOf.TryGetValue(Value, out var name)
        ? name
        : string.Create(CultureInfo.InvariantCulture, $"{Value >> 16}:{Value & 0xFFFF}");
}
