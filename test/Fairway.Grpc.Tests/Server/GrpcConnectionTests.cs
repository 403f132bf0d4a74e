using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Fairway.Grpc.Client;
using Fairway.Grpc.Server;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Grpc.Tests.Server;

public class GrpcConnectionTests
{
    private const string Method = "/test.Connection/Method";

    private readonly ConcurrentQueue<GrpcConnection> seen = [];

    [Fact]
    public async Task Peer_of_a_unix_socket_is_known_by_its_credentials()
    {
        await using var server = await StartAsync();

        await server.Connect(Transport.UnixSocket).UnaryAsync(Method, new Empty(), Empty.Parser);

        var expected = new UnixCredentials(Environment.ProcessId, OwnId("Uid:"), OwnId("Gid:"));
        Assert.Equal(expected, seen.Single().Credentials);
    }

    [Fact]
    public async Task Peer_over_tcp_has_no_credentials()
    {
        await using var server = await StartAsync();

        await server.Connect(Transport.Tcp).UnaryAsync(Method, new Empty(), Empty.Parser);

        Assert.Null(seen.Single().Credentials);
    }

    [Theory, OnEachTransport]
    public async Task Calls_of_one_channel_share_a_connection_and_others_have_another(Transport transport)
    {
        await using var server = await StartAsync();
        var (first, second) = (server.Connect(transport), server.Connect(transport));

        foreach (var channel in new[] { first, first, second })
            await channel.UnaryAsync(Method, new Empty(), Empty.Parser);

        var connections = seen.ToArray();
        Assert.Same(connections[0], connections[1]);
        Assert.NotEqual(connections[0].Id, connections[2].Id);
    }

    [Theory, OnEachTransport]
    public async Task Closed_tells_when_the_client_is_gone_and_not_before(Transport transport)
    {
        await using var server = await StartAsync();
        var (leaving, staying) = (server.Connect(transport), server.Connect(transport));
        await leaving.UnaryAsync(Method, new Empty(), Empty.Parser);
        await staying.UnaryAsync(Method, new Empty(), Empty.Parser);
        var connections = seen.ToArray();
        Assert.False(connections[0].Closed.IsCancellationRequested);

        leaving.Dispose();

        await connections[0].Closed.CancelledAsync();
        Assert.False(connections[1].Closed.IsCancellationRequested);
    }

    [Theory, OnEachTransport]
    public async Task A_connection_without_calls_stays(Transport transport)
    {
        await using var server = await StartAsync();
        var channel = server.Connect(transport);
        await channel.UnaryAsync(Method, new Empty(), Empty.Parser);

        await ServerClockTicksAsync(server, times: 3);

        await channel.UnaryAsync(Method, new Empty(), Empty.Parser);
        Assert.Same(seen.First(), seen.Last());
    }

    // Kestrel looks after its connections when it looks at its clock, once a second, and shows that in the header Date.
    private static async Task ServerClockTicksAsync(TestServer server, int times)
    {
        using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var dates = new HashSet<DateTimeOffset?>();
        while (dates.Count <= times)
        {
            using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{server.TcpPort}/"));
            dates.Add(response.Headers.Date);
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private Task<TestServer> StartAsync() => TestServer.StartAsync(
        new GrpcService().Unary(Method, Empty.Parser, (request, context) =>
        {
            seen.Enqueue(context.Connection);
            return Task.FromResult(request);
        }));

    /// <summary>The effective id, the second number of the line (proc_pid_status(5)).</summary>
    private static uint OwnId(string line) => uint.Parse(
        File.ReadLines("/proc/self/status").Single(text => text.StartsWith(line, StringComparison.Ordinal)).Split('\t')[2],
        CultureInfo.InvariantCulture);
}
