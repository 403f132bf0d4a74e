using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Fairway.Grpc.Server;

/// <summary>Who opened a Unix socket connection, as the kernel noted it at that moment (unix(7), SO_PEERCRED).</summary>
public readonly record struct UnixCredentials(int ProcessId, uint UserId, uint GroupId)
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    /// <summary>Null for a socket of another family, which has no such peer.</summary>
    internal static UnixCredentials? Of(Socket? socket)
    {
        if (socket is not { AddressFamily: AddressFamily.Unix })
            return null;

        // struct ucred { pid_t pid; uid_t uid; gid_t gid; }
        Span<int> ucred = stackalloc int[3];
        socket.GetRawSocketOption(SolSocket, SoPeerCred, MemoryMarshal.AsBytes(ucred));
        return new(ucred[0], (uint)ucred[1], (uint)ucred[2]);
    }
}
