using System.Buffers.Binary;

namespace Fairway.Bgp.Wire;

/// <summary>Reads big-endian fields and checks every length: a false answer leaves the position where it was.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    public ReadOnlySpan<byte> Rest { get; private set; } = bytes;

    public bool TryReadByte(out byte value)
    {
        value = Rest.IsEmpty ? (byte)0 : Rest[0];
        return TryRead(1, out _);
    }

    public bool TryReadUInt16(out ushort value)
    {
        var read = TryRead(2, out var field);
        value = read ? BinaryPrimitives.ReadUInt16BigEndian(field) : (ushort)0;
        return read;
    }

    public bool TryReadUInt32(out uint value)
    {
        var read = TryRead(4, out var field);
        value = read ? BinaryPrimitives.ReadUInt32BigEndian(field) : 0;
        return read;
    }

    public bool TryRead(int length, out ReadOnlySpan<byte> field)
    {
        if (length > Rest.Length)
        {
            field = default;
            return false;
        }

        field = Rest[..length];
        Rest = Rest[length..];
        return true;
    }

    /// <summary>A 16-bit length and that many octets.</summary>
    public bool TryReadBlock16(out ReadOnlySpan<byte> field)
    {
        var before = Rest;
        if (TryReadUInt16(out var length) && TryRead(length, out field))
        {
            return true;
        }

        Rest = before;
        field = default;
        return false;
    }

    /// <summary>An 8-bit length and that many octets.</summary>
    public bool TryReadBlock8(out ReadOnlySpan<byte> field)
    {
        var before = Rest;
        if (TryReadByte(out var length) && TryRead(length, out field))
        {
            return true;
        }

        Rest = before;
        field = default;
        return false;
    }
}
