using System.Runtime.InteropServices;

namespace Fairway.Dataplanes.Linux.Netlink;

/// <summary>Walks over attributes (struct nlattr: length 16, type 16, value). Wrong lengths end the walk.</summary>
internal ref struct AttributeReader(ReadOnlySpan<byte> attributes)
{
    private const int HeaderSize = 4;

    // The two upper bits say "nested" and "in network order", NLA_TYPE_MASK.
    private const ushort TypeMask = 0x3FFF;

    private ReadOnlySpan<byte> _rest = attributes;

    public ushort Type { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The attributes ended within one.</summary>
    public bool IsCutOff { get; private set; }

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;

        int length = _rest.Length < HeaderSize ? 0 : MemoryMarshal.Read<ushort>(_rest);
        if (length < HeaderSize || length > _rest.Length)
        {
            IsCutOff = true;
            return false;
        }

        Type = (ushort)(MemoryMarshal.Read<ushort>(_rest[2..]) & TypeMask);
        Value = _rest[HeaderSize..length];
        _rest = _rest[Math.Min(NetlinkHeader.Align(length), _rest.Length)..];
        return true;
    }

    /// <summary>The value as a 32-bit number in host order; 0 if it is too short.</summary>
    public readonly uint ToUInt32() => Value.Length >= sizeof(uint) ? MemoryMarshal.Read<uint>(Value) : 0;
}
