using System.Net.Sockets;
using Fairway.Dataplanes.Linux.Netlink;

namespace Fairway.Dataplanes.Linux.Tests.Netlink;

/// <summary>Answers each request with the next of the prepared datagrams, where "SSSSSSSS" stands for the request's sequence number.</summary>
internal sealed class FakeKernel : IDisposable
{
    private const int SequenceOffset = 8;
    private readonly Socket _ours = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Socket _theirs = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Task _answering;

    public FakeKernel(params string[] answers)
    {
        var (left, right) = (new UnixDomainSocketEndPoint($"\0fwt-{Guid.NewGuid()}"), new UnixDomainSocketEndPoint($"\0fwt-{Guid.NewGuid()}"));
        _ours.Bind(left);
        _theirs.Bind(right);
        _ours.Connect(right);
        _theirs.Connect(left);
        Requests = new(new NetlinkSocket(_theirs));
        _answering = Task.Run(() => Answer(answers));
    }

    public NetlinkRequests Requests { get; }

    public void Dispose()
    {
        _answering.GetAwaiter().GetResult();
        Requests.Dispose();
        _ours.Dispose();
    }

    private void Answer(string[] answers)
    {
        var request = new byte[1024];
        foreach (var answer in answers)
        {
            _ours.Receive(request);
            var sequence = Hex.Text(request.AsSpan(SequenceOffset, sizeof(uint)));
            foreach (var datagram in answer.Split('|'))
                _ours.Send(Hex.Bytes(datagram.Replace("SSSSSSSS", sequence, StringComparison.Ordinal)));
        }
    }
}
