using System.Buffers;
using System.IO.Pipelines;
using Fairway.Grpc.Wire;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Grpc.Tests.Wire;

public class GrpcMessageReaderTests
{
    private const int Limit = 64;

    // StringValue { value = "ab" } behind its prefix
    private static readonly byte[] Encoded = [0, 0, 0, 0, 4, 0x0a, 2, (byte)'a', (byte)'b'];

    [Fact]
    public async Task Message_is_the_same_both_ways()
    {
        var output = new ArrayBufferWriter<byte>();
        GrpcMessageWriter.Write(output, new StringValue { Value = "ab" });

        Assert.Equal(Encoded, output.WrittenMemory.ToArray());
        Assert.Equal("ab", (await ReadAllAsync(Encoded)).Single().Value);
    }

    [Fact]
    public async Task Messages_come_one_by_one_however_the_bytes_are_cut()
    {
        var pipe = new Pipe();
        var reader = new GrpcMessageReader(pipe.Reader, Limit, GrpcStatusCode.Unimplemented);
        var reading = ReadAllAsync(reader);

        foreach (var octet in Encoded.Concat(Encoded).Concat(new byte[5]))
            await pipe.Writer.WriteAsync(new[] { octet });
        await pipe.Writer.CompleteAsync();

        Assert.Equal(["ab", "ab", ""], (await reading).Select(message => message.Value));
    }

    [Fact]
    public async Task Every_truncation_is_an_error_except_the_empty_stream()
    {
        Assert.Empty(await ReadAllAsync([]));
        for (var length = 1; length < Encoded.Length; length++)
            await AssertFailsAsync(GrpcStatusCode.Internal, Encoded[..length]);
    }

    [Fact]
    public async Task Message_at_the_limit_passes_and_one_byte_more_is_refused_before_it_arrives()
    {
        var output = new ArrayBufferWriter<byte>();
        GrpcMessageWriter.Write(output, new StringValue { Value = new string('x', Limit - 2) });
        Assert.Equal(Limit - 2, (await ReadAllAsync(output.WrittenMemory.ToArray())).Single().Value.Length);

        await AssertFailsAsync(GrpcStatusCode.ResourceExhausted, [0, 0, 0, 0, Limit + 1]);
        await AssertFailsAsync(GrpcStatusCode.ResourceExhausted, [0, 0xff, 0xff, 0xff, 0xff]);
    }

    [Fact]
    public async Task Compressed_message_earns_the_status_of_that_side() =>
        await AssertFailsAsync(GrpcStatusCode.Unimplemented, [1, .. Encoded[1..]]);

    [Theory]
    [InlineData(2)]
    [InlineData(255)]
    public async Task Unknown_flag_is_internal(byte flag) => await AssertFailsAsync(GrpcStatusCode.Internal, [flag, .. Encoded[1..]]);

    [Fact]
    public async Task Bytes_that_are_no_protobuf_are_internal() =>
        await AssertFailsAsync(GrpcStatusCode.Internal, [0, 0, 0, 0, 2, 0x0a, 0x7f]);

    private static async Task AssertFailsAsync(GrpcStatusCode code, byte[] bytes) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<GrpcException>(() => ReadAllAsync(bytes))).StatusCode);

    private static Task<List<StringValue>> ReadAllAsync(byte[] bytes) => ReadAllAsync(
        new GrpcMessageReader(PipeReader.Create(new ReadOnlySequence<byte>(bytes)), Limit, GrpcStatusCode.Unimplemented));

    private static async Task<List<StringValue>> ReadAllAsync(GrpcMessageReader reader)
    {
        var messages = new List<StringValue>();
        while (await reader.ReadAsync(StringValue.Parser, CancellationToken.None) is { } message)
            messages.Add(message);
        return messages;
    }
}
