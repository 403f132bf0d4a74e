using System.Text;

namespace Fairway.Sources.Files.Reading;

/// <summary>Reads a small file as UTF-8 text.</summary>
internal static class BoundedFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The octets of the file, or null when they are more than <paramref name="limit"/>.</summary>
    public static byte[]? Read(string path, int limit)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = new byte[(int)Math.Min(limit, RandomAccess.GetLength(file)) + 1];
        var length = 0;
        while (RandomAccess.Read(file, buffer.AsSpan(length), length) is var read and > 0)
        {
            length += read;
            if (length > limit)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(limit + 1, buffer.Length * 2));
            }
        }

        return buffer[..length];
    }

    /// <summary>The text; null when an octet is not UTF-8, with the line (from 1) where that is.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, out int badLine)
    {
        badLine = 0;
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            badLine = bytes[..Math.Clamp(exception.Index, 0, bytes.Length)].Count((byte)'\n') + 1;
            return null;
        }
    }
}
