namespace Fairway.Dataplanes.Linux.Tests.Netlink;

/// <summary>Bytes as people write them, with spaces and lines.</summary>
internal static class Hex
{
    public static byte[] Bytes(string text) => Convert.FromHexString(string.Concat(text.Where(char.IsAsciiHexDigit)));

    public static string Text(string text) => Text(Bytes(text));

    public static string Text(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
