using System.Collections;

namespace Fairway.Grpc.Wire;

/// <summary>
/// Custom metadata of a request: names are lower case; a name ending in <c>-bin</c> carries bytes, base64 on the wire
/// (grpc/doc/PROTOCOL-HTTP2.md, "Custom-Metadata").
/// </summary>
public sealed class GrpcMetadata : IEnumerable<KeyValuePair<string, string>>
{
    private const string BinarySuffix = "-bin";

    private readonly List<KeyValuePair<string, string>> entries = [];

    public void Add(string name, string value)
    {
        RequireName(name, binary: false);
        if (value.Any(letter => letter is < ' ' or > '~'))
            throw new ArgumentException("A text value is printable ASCII; use a name ending in -bin for bytes.", nameof(value));
        entries.Add(new(name.ToLowerInvariant(), value.Trim()));
    }

    public void Add(string name, ReadOnlySpan<byte> value)
    {
        RequireName(name, binary: true);
        entries.Add(new(name.ToLowerInvariant(), Convert.ToBase64String(value).TrimEnd('=')));
    }

    /// <summary>The first text value of that name, or null.</summary>
    public string? Find(string name)
    {
        foreach (var (key, value) in entries)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }

    /// <summary>The first binary value of that name, or null; several may share a line, split by commas.</summary>
    /// <exception cref="GrpcException">The value is no base64.</exception>
    public byte[]? FindBinary(string name)
    {
        var text = Find(name)?.Split(',', 2)[0].Trim().TrimEnd('=');
        if (text is null)
            return null;

        var octets = new byte[text.Length];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, octets, out var length)
            ? octets[..length]
            : throw new GrpcException(GrpcStatusCode.InvalidArgument, $"metadata {name} is not base64");
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Takes a header as it came, where <see cref="Add(string, string)"/> is for values that we send.</summary>
    internal void AddReceived(string name, string value) => entries.Add(new(name.ToLowerInvariant(), value));

    private static void RequireName(string name, bool binary)
    {
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            throw new ArgumentException($"'{name}' is no metadata name: letters, digits, '-', '_' and '.' are.", nameof(name));
        if (!GrpcHeaders.IsMetadata(name))
            throw new ArgumentException($"'{name}' belongs to the protocol.", nameof(name));
        if (name.EndsWith(BinarySuffix, StringComparison.OrdinalIgnoreCase) != binary)
            throw new ArgumentException($"'{name}': exactly the names of binary values end in {BinarySuffix}.", nameof(name));
    }
}
