using Fairway.Grpc.Client;
using Fairway.Grpc.Server;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Grpc.Tests;

public class FlowControlTests
{
    private const string Method = "/test.Flow/Method";
    private const int Messages = 100_000;

    private static readonly BytesValue Message = new() { Value = ByteString.CopyFrom(new byte[1000]) };

    private volatile int written;
    private volatile Task pending = Task.CompletedTask;

    [Theory, OnEachTransport]
    public async Task Slow_reader_holds_the_writer_and_then_gets_every_message(Transport transport)
    {
        await using var server = await TestServer.StartAsync(
            new GrpcService().ServerStreaming<Empty, BytesValue>(Method, Empty.Parser, WriteAllAsync));
        var stream = server.Connect(transport).ServerStreaming(Method, new Empty(), BytesValue.Parser).GetAsyncEnumerator();
        await using var ended = stream;
        Assert.True(await stream.MoveNextAsync());

        await WriterStandsStillAsync().OrHang();

        // What waits in between are windows and buffers: far less than the 100 MB that there are to send.
        Assert.InRange(written, 1, Messages / 10);
        var read = 1;
        while (await stream.MoveNextAsync())
            read++;
        Assert.Equal(Messages, read);
    }

    private async Task WriteAllAsync(Empty request, IGrpcStreamWriter<BytesValue> writer, GrpcCallContext context)
    {
        for (var count = 0; count < Messages; count++)
        {
            pending = writer.WriteAsync(Message);
            await pending;
            written = count + 1;
        }
    }

    /// <summary>One and the same write is unfinished at many looks in a row, or everything was written.</summary>
    private async Task WriterStandsStillAsync()
    {
        const int Looks = 20;
        var (seen, same) = (pending, 0);
        while (same < Looks && written < Messages)
        {
            await Task.Delay(10);
            same = pending == seen && !seen.IsCompleted ? same + 1 : 0;
            seen = pending;
        }
    }
}
