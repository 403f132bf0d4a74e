using System.Runtime.InteropServices;

namespace Fairway.Dataplanes.Linux.Netlink;

/// <summary>Walks over the messages of one datagram. What is cut off or shorter than it says ends the walk.</summary>
internal ref struct NetlinkReader(ReadOnlySpan<byte> datagram)
{
    private ReadOnlySpan<byte> _rest = datagram;

    public NetlinkHeader Header { get; private set; }

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>The datagram ended within a message.</summary>
    public bool IsCutOff { get; private set; }

    public bool MoveNext()
    {
        if (_rest.Length < NetlinkHeader.Size)
        {
            IsCutOff |= _rest.Length > 0;
            return false;
        }

        var header = MemoryMarshal.Read<NetlinkHeader>(_rest);
        if (header.Length < NetlinkHeader.Size || header.Length > (uint)_rest.Length)
        {
            IsCutOff = true;
            return false;
        }

        var length = (int)header.Length;
        Header = header;
        Body = _rest[NetlinkHeader.Size..length];
        _rest = _rest[Math.Min(NetlinkHeader.Align(length), _rest.Length)..];
        return true;
    }
}
