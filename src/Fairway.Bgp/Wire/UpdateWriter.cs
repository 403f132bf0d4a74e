using System.Buffers;
using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>Packs routes into as few UPDATEs as will hold them.</summary>
public static class UpdateWriter
{
    /// <summary>
    /// Announces <paramref name="prefixes"/>, all of <paramref name="family"/>, and returns how many messages it took. 0: the attributes
    /// leave no room for a single prefix; nothing is written and the caller withdraws instead (RFC 7606 §3, never a split attribute).
    /// </summary>
    public static int WriteAnnouncements(
        IBufferWriter<byte> output, AddressFamily family, AttributeSet attributes, ReadOnlySpan<IpPrefix> prefixes, bool fourOctetAs) =>
        throw new NotImplementedException();

    /// <summary>Withdraws <paramref name="prefixes"/>, all of <paramref name="family"/>, and returns how many messages it took.</summary>
    public static int WriteWithdrawals(IBufferWriter<byte> output, AddressFamily family, ReadOnlySpan<IpPrefix> prefixes) =>
        throw new NotImplementedException();

    /// <summary>The End-of-RIB marker (RFC 4724 §2).</summary>
    public static void WriteEndOfRib(IBufferWriter<byte> output, AddressFamily family) => throw new NotImplementedException();
}
