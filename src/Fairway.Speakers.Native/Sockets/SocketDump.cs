using System.Globalization;
using System.Net.Sockets;
using Fairway.Net;

namespace Fairway.Speakers.Native.Sockets;

/// <summary>
/// What the kernel says of the listening TCP sockets of this namespace (sock_diag). It shows MD5 keys only to CAP_NET_ADMIN; without it
/// <see cref="KeysOf"/> answers null and the caller has to trust what was set.
/// </summary>
internal sealed class SocketDump(bool showsKeys, IReadOnlyDictionary<uint, IReadOnlyDictionary<IpAddr, byte[]>> keysByInode)
{
    private static readonly IReadOnlyDictionary<IpAddr, byte[]> None = new Dictionary<IpAddr, byte[]>();

    public IReadOnlyDictionary<IpAddr, byte[]>? KeysOf(Socket socket) =>
        showsKeys ? keysByInode.GetValueOrDefault(InodeOf(socket), None) : null;

    private static uint InodeOf(Socket socket)
    {
        var target = new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{socket.Handle}")).LinkTarget ?? "";
        return target is ['s', 'o', 'c', 'k', 'e', 't', ':', '[', .. var inode, ']'] && Digits.TryParse(inode, out uint number) ? number : 0;
    }
}
