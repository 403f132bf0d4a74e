using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fairway.Net.Routes;

/// <summary>A large community (RFC 8092): "65000:1:2".</summary>
public readonly record struct LargeCommunity(uint GlobalAdministrator, uint LocalData1, uint LocalData2) : IComparable<LargeCommunity>
{
    public static bool TryParse([NotNullWhen(true)] string? text, out LargeCommunity community)
    {
        community = default;
        var parts = text?.Split(':') ?? [];
        if (parts.Length != 3 || !Digits.TryParse(parts[0], out uint global) || !Digits.TryParse(parts[1], out uint first) || !Digits.TryParse(parts[2], out uint second))
        {
            return false;
        }

        community = new(global, first, second);
        return true;
    }

    public static LargeCommunity Parse(string text) => TryParse(text, out var community) ? community : throw new FormatException($"'{text}' is not a large community.");

    public int CompareTo(LargeCommunity other) =>
        (GlobalAdministrator, LocalData1, LocalData2).CompareTo((other.GlobalAdministrator, other.LocalData1, other.LocalData2));

    public static bool operator <(LargeCommunity left, LargeCommunity right) => left.CompareTo(right) < 0;

    public static bool operator >(LargeCommunity left, LargeCommunity right) => left.CompareTo(right) > 0;

    public static bool operator <=(LargeCommunity left, LargeCommunity right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LargeCommunity left, LargeCommunity right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{GlobalAdministrator}:{LocalData1}:{LocalData2}");
}
