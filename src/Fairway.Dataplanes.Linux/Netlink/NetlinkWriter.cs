using System.Runtime.InteropServices;

namespace Fairway.Dataplanes.Linux.Netlink;

/// <summary>Writes messages one behind the other into a buffer that grows.</summary>
internal sealed class NetlinkWriter
{
    private byte[] _buffer = new byte[4096];
    private int _message;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Starts a message; <see cref="End"/> completes it.</summary>
    public void Begin(NetlinkType type, NetlinkFlags flags, uint sequence)
    {
        _message = Length;
        Write(new NetlinkHeader(0, type, flags, sequence, PortId: 0));
    }

    public void End() => MemoryMarshal.Write(_buffer.AsSpan(_message), (uint)(Length - _message));

    /// <summary>Asks the kernel to answer the message written last, also when all is well.</summary>
    public void AskForAck()
    {
        const int FlagsOffset = 6;
        var flags = _buffer.AsSpan(_message + FlagsOffset);
        MemoryMarshal.Write(flags, (ushort)(MemoryMarshal.Read<ushort>(flags) | (ushort)NetlinkFlags.Ack));
    }

    /// <summary>A structure in host byte order, padded to a multiple of 4.</summary>
    public void Write<T>(in T value)
        where T : unmanaged
    {
        var span = Reserve(Marshal.SizeOf<T>());
        MemoryMarshal.Write(span, value);
    }

    public void Attribute(ushort type, uint value)
    {
        var span = ReserveAttribute(type, sizeof(uint));
        MemoryMarshal.Write(span, value);
    }

    /// <summary>An attribute whose value the caller fills in.</summary>
    public Span<byte> ReserveAttribute(ushort type, int length)
    {
        const int HeaderSize = 4;
        var span = Reserve(HeaderSize + length);
        MemoryMarshal.Write(span, (ushort)(HeaderSize + length));
        MemoryMarshal.Write(span[2..], type);
        return span[HeaderSize..(HeaderSize + length)];
    }

    /// <summary>Notes where a part with a 16-bit length in front starts; <see cref="EndPart"/> writes that length.</summary>
    public int BeginNested(ushort type)
    {
        var start = Length;
        ReserveAttribute(type, 0);
        return start;
    }

    /// <summary>As <see cref="BeginNested"/>, for a structure that starts with its length.</summary>
    public int BeginPart<T>(in T header)
        where T : unmanaged
    {
        var start = Length;
        Write(header);
        return start;
    }

    public void EndPart(int start) => MemoryMarshal.Write(_buffer.AsSpan(start), (ushort)(Length - start));

    private Span<byte> Reserve(int length)
    {
        var padded = NetlinkHeader.Align(length);
        if (Length + padded > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + padded));

        var span = _buffer.AsSpan(Length, padded);
        span.Clear();
        Length += padded;
        return span;
    }
}
