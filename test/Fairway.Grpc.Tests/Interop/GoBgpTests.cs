using Fairway.Grpc.Client;
using Fairway.Grpc.Wire;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Grpc.Tests.Interop;

/// <summary>Our client calls gobgpd, whose server is grpc-go. Its messages are read and written field by field.</summary>
public sealed class GoBgpTests : IAsyncLifetime, IDisposable
{
    private const string Service = "/apipb.GobgpApi/";

    private readonly ScratchDirectory scratch = new();
    private ForeignProgram gobgpd = null!;
    private GrpcChannel? channel;

    public async Task InitializeAsync()
    {
        // No listening BGP port, two peers that it never calls.
        await File.WriteAllTextAsync(scratch.File("gobgpd.toml"), """
            [global.config]
              as = 64512
              router-id = "192.0.2.1"
              port = -1
            [[neighbors]]
              [neighbors.config]
                neighbor-address = "192.0.2.2"
                peer-as = 64513
              [neighbors.transport.config]
                passive-mode = true
            [[neighbors]]
              [neighbors.config]
                neighbor-address = "192.0.2.3"
                peer-as = 64514
              [neighbors.transport.config]
                passive-mode = true
            """);
        gobgpd = ForeignProgram.Start(
            "gobgpd",
            "--config-file", scratch.File("gobgpd.toml"),
            "--api-hosts", $"unix://{scratch.File("gobgpd.sock")}",
            "--disable-stdlog");
        channel = GrpcChannel.ForUnixSocket(scratch.File("gobgpd.sock"), TimeProvider.System);
        try
        {
            await WaitUntilConfiguredAsync().OrHang();
        }
        catch
        {
            await gobgpd.DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync() => await gobgpd.DisposeAsync();

    public void Dispose()
    {
        channel?.Dispose();
        scratch.Dispose();
    }

    [Fact]
    public async Task Global_settings_are_read()
    {
        // GetBgpResponse { global = 1 }, Global { as = 1, router_id = 2 }
        var global = await GetGlobalAsync();

        Assert.Equal(64512u, global.ReadUInt32(1));
        Assert.Equal("192.0.2.1", global.ReadString(2));
    }

    [Fact]
    public async Task Stream_of_peers_is_read_to_its_end()
    {
        // ListPeerResponse { peer = 1 }, Peer { conf = 2 }, PeerConf { neighbor_address = 4 }
        var peers = channel!.ServerStreaming(Service + "ListPeer", new Empty(), Empty.Parser);

        var addresses = await peers.Select(answer => Fields.Of(answer).ReadMessage(1).ReadMessage(2).ReadString(4)).ToListAsync();

        Assert.Equal(["192.0.2.2", "192.0.2.3"], addresses.Order());
    }

    [Fact]
    public async Task Refusal_is_read()
    {
        var failure = await Assert.ThrowsAsync<GrpcException>(
            () => channel!.UnaryAsync(Service + "Nothing", new Empty(), Empty.Parser).OrHang());

        Assert.Equal(
            (GrpcStatusCode.Unimplemented, "unknown method Nothing for service apipb.GobgpApi"), (failure.StatusCode, failure.Message));
    }

    private async Task WaitUntilConfiguredAsync()
    {
        while (true)
        {
            try
            {
                if ((await GetGlobalAsync()).ReadUInt32(1) != 0)
                    return;
            }
            catch (GrpcException notYet) when (notYet.StatusCode == GrpcStatusCode.Unavailable)
            {
            }

            await Task.Delay(20);
        }
    }

    private async Task<Fields> GetGlobalAsync() =>
        Fields.Of(await channel!.UnaryAsync(Service + "GetBgp", new Empty(), Empty.Parser)).ReadMessage(1);

    /// <summary>The fields of a message of unknown type.</summary>
    private sealed record Fields(byte[] Message)
    {
        /// <summary>A message that knows no field keeps them all.</summary>
        public static Fields Of(Empty message) => new(message.ToByteArray());

        public uint ReadUInt32(uint number) => Find(number) is { } input ? input.ReadUInt32() : 0;

        public string ReadString(uint number) => Find(number)?.ReadString() ?? "";

        public Fields ReadMessage(uint number) => new(Find(number)?.ReadBytes().ToByteArray() ?? []);

        private CodedInputStream? Find(uint number)
        {
            var input = new CodedInputStream(Message);
            while (input.ReadTag() is var tag and not 0)
            {
                if (WireFormat.GetTagFieldNumber(tag) == number)
                    return input;
                input.SkipLastField();
            }

            return null;
        }
    }
}
