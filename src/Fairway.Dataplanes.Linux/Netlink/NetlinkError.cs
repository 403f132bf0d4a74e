using System.Runtime.InteropServices;
using System.Text;

namespace Fairway.Dataplanes.Linux.Netlink;

/// <summary>The kernel's answer to one request: 0 is an acknowledgement. <see cref="Text"/> is its own explanation, or empty.</summary>
internal readonly record struct NetlinkError(Errno Code, string Text)
{
    private const int CodeSize = 4;

    // NLM_F_CAPPED: the request is not repeated in full. NLM_F_ACK_TLVS: attributes follow.
    private const NetlinkFlags Capped = (NetlinkFlags)0x100;
    private const NetlinkFlags HasAttributes = (NetlinkFlags)0x200;

    // NLMSGERR_ATTR_MSG, linux/netlink.h
    private const ushort MessageAttribute = 1;

    /// <summary>Decodes the body of an NLMSG_ERROR (struct nlmsgerr) or the code and attributes at the end of a dump.</summary>
    public static NetlinkError Decode(in NetlinkHeader header, ReadOnlySpan<byte> body)
    {
        if (body.Length < CodeSize)
            return new(Errno.Invalid, "the kernel's answer is cut off");

        var code = (Errno)(-MemoryMarshal.Read<int>(body));
        var text = header.Flags.HasFlag(HasAttributes) ? FindText(body[AttributesOffset(header, body)..]) : "";
        return new(code, text);
    }

    public override string ToString() => Text.Length > 0 ? $"{Text} (errno {(int)Code})" : $"{Describe(Code)} (errno {(int)Code})";

    // Behind the code an error repeats the request: its header alone if capped, else all of it. The end of a dump repeats nothing.
    private static int AttributesOffset(in NetlinkHeader header, ReadOnlySpan<byte> body)
    {
        if (header.Type is not NetlinkType.Error)
            return CodeSize;

        var repeated = body[CodeSize..];
        if (repeated.Length < NetlinkHeader.Size)
            return body.Length;

        var length = header.Flags.HasFlag(Capped) ? NetlinkHeader.Size : MemoryMarshal.Read<uint>(repeated);
        return length > (uint)repeated.Length ? body.Length : Math.Min(CodeSize + NetlinkHeader.Align((int)length), body.Length);
    }

    private static string FindText(ReadOnlySpan<byte> attributes)
    {
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            if (reader.Type == MessageAttribute)
                return Encoding.UTF8.GetString(reader.Value.TrimEnd((byte)0));
        }

        return "";
    }

    private static string Describe(Errno code) => code switch
    {
        Errno.None => "done",
        Errno.NotPermitted => "not permitted",
        Errno.NoEntry or Errno.NoSuchProcess => "not there",
        Errno.Exists => "exists already",
        Errno.NoDevice => "no such interface",
        Errno.Invalid => "the kernel calls it invalid",
        Errno.NetworkDown => "the interface is down",
        Errno.NetworkUnreachable or Errno.HostUnreachable => "the gateway is not reachable",
        _ => "refused",
    };
}
