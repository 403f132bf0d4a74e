using System.Globalization;
using System.Text;

namespace Fairway.Grpc.Wire;

/// <summary>
/// The encoding of <c>grpc-message</c> (grpc/doc/PROTOCOL-HTTP2.md, "Responses"): UTF-8, percent-encoded where it is not
/// printable ASCII.
/// </summary>
internal static class PercentEncoding
{
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is >= 0x20 and <= 0x7e and not (byte)'%')
                encoded.Append((char)octet);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }

        return encoded.ToString();
    }

    /// <summary>Decodes leniently, as the protocol asks: what is no valid escape stays as it is.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;

        var octets = new List<byte>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%' && at + 2 < text.Length && TryHex(text.AsSpan(at + 1, 2), out var octet))
            {
                octets.Add(octet);
                at += 2;
            }
            else
            {
                octets.Add((byte)text[at]);
            }
        }

        return Encoding.UTF8.GetString([.. octets]);
    }

    private static bool TryHex(ReadOnlySpan<char> digits, out byte octet) =>
        byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octet);
}
