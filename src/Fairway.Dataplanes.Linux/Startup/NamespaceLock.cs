using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Fairway.Dataplanes.Linux.Startup;

/// <summary>
/// One owner per network namespace and protocol number: whoever listens on an abstract Unix socket of that name. Such sockets belong
/// to a network namespace and vanish with their process, however it ends.
/// </summary>
internal sealed class NamespaceLock : IDisposable
{
    private readonly Socket _listener;

    private NamespaceLock(Socket listener)
    {
        _listener = listener;
        _ = AnswerAsync();
    }

    /// <exception cref="DataplaneException">Another process holds it; the message names it.</exception>
    public static NamespaceLock Take(byte protocol)
    {
        var name = new UnixDomainSocketEndPoint($"\0fairway/dataplane/linux/{protocol}");
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(name);
            listener.Listen();
            return new(listener);
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            listener.Dispose();
            throw new DataplaneException(
                $"{FindHolder(name)} keeps the routes of protocol {protocol} in this network namespace already. " +
                "Stop it, or give this agent another dataplane.protocol (or --dataplane none).",
                problem);
        }
    }

    public void Dispose() => _listener.Dispose();

    // Nothing is said: a connection only shows who we are (SO_PEERCRED), and must not wait in the queue.
    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                using var asker = await _listener.AcceptAsync().ConfigureAwait(false);
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // The lock was given back.
        }
    }

    private static string FindHolder(UnixDomainSocketEndPoint name)
    {
        const int SolSocket = 1, PeerCredentials = 17, CredentialsSize = 12;
        try
        {
            using var asker = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            asker.Connect(name);
            Span<byte> credentials = stackalloc byte[CredentialsSize];
            asker.GetRawSocketOption(SolSocket, PeerCredentials, credentials);
            var process = MemoryMarshal.Read<int>(credentials);
            return $"Process {process} ({ZebraSearch.Command($"{process}") ?? "of another process namespace"})";
        }
        catch (SocketException)
        {
            return "Another process";
        }
    }
}
