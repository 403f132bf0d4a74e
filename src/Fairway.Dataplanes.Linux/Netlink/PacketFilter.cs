using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Fairway.Dataplanes.Linux.Netlink;

/// <summary>A classic BPF program over one netlink message, linux/filter.h.</summary>
internal static unsafe class PacketFilter
{
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort Return = 0x06;
    private const uint PortIdOffset = 12;

    /// <summary>Drops messages whose header names this port id.</summary>
    public static Instruction[] DropPortId(uint portId)
    {
        // BPF loads words in network order; the header is in host order.
        var loaded = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(portId) : portId;
        return
        [
            new() { Code = LoadWord, Value = PortIdOffset },
            new() { Code = JumpIfEqual, IfFalse = 1, Value = loaded },
            new() { Code = Return, Value = 0 },
            new() { Code = Return, Value = uint.MaxValue },
        ];
    }

    /// <summary>struct sock_filter</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Instruction
    {
        public ushort Code;
        public byte IfTrue;
        public byte IfFalse;
        public uint Value;
    }

    /// <summary>struct sock_fprog</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Program
    {
        public ushort Length;
        public Instruction* Instructions;
    }
}
