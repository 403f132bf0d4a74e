using Fairway.Grpc.Client;
using Fairway.Grpc.Wire;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fairway.Grpc.Tests.Client;

/// <summary>What the client makes of answers that no right server gives.</summary>
public class OddAnswerTests
{
    private static readonly byte[] EmptyMessage = new byte[5];

    [Fact]
    public async Task Http_error_without_a_grpc_status_is_translated() =>
        await AssertAsync(GrpcStatusCode.Unavailable, "the server answered with HTTP status 503 and no gRPC status", context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });

    [Fact]
    public async Task Other_content_is_no_answer() =>
        await AssertAsync(GrpcStatusCode.Unknown, "the server answered with HTTP status 200 and no gRPC status", async context =>
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<p>hello</p>");
        });

    [Fact]
    public async Task Status_beside_an_http_error_counts() =>
        await AssertAsync(GrpcStatusCode.PermissionDenied, "not you", context =>
        {
            context.Response.StatusCode = 403;
            context.Response.Headers["grpc-status"] = "7";
            context.Response.Headers["grpc-message"] = "not%20you";
            return Task.CompletedTask;
        });

    [Fact]
    public async Task Answer_without_a_status_is_unknown() =>
        await AssertAsync(GrpcStatusCode.Unknown, "the answer ended without a gRPC status", context => AnswerAsync(context, EmptyMessage));

    [Fact]
    public async Task Ok_without_a_message_is_no_answer() =>
        await AssertAsync(GrpcStatusCode.Unimplemented, "the answer carries no message", context => AnswerAsync(context, [], "0"));

    [Fact]
    public async Task Two_messages_are_no_unary_answer() => await AssertAsync(
        GrpcStatusCode.Unimplemented, "the answer carries more than one message", context => AnswerAsync(context, new byte[10], "0"));

    [Fact]
    public async Task Compressed_message_is_internal() => await AssertAsync(
        GrpcStatusCode.Internal, "compressed messages are not supported", context => AnswerAsync(context, [1, 0, 0, 0, 0], "0"));

    [Fact]
    public async Task Answer_that_ends_inside_a_message_is_internal() => await AssertAsync(
        GrpcStatusCode.Internal, "the stream ended inside a message", context => AnswerAsync(context, [0, 0, 0, 0, 9, 1], "0"));

    [Theory]
    [InlineData(7, GrpcStatusCode.Unavailable)]
    [InlineData(8, GrpcStatusCode.Cancelled)]
    [InlineData(11, GrpcStatusCode.ResourceExhausted)]
    [InlineData(12, GrpcStatusCode.PermissionDenied)]
    [InlineData(2, GrpcStatusCode.Internal)]
    public async Task Reset_of_the_stream_has_a_meaning(int errorCode, GrpcStatusCode expected) =>
        await AssertAsync(expected, "ended the call", async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.FlushAsync();
            context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(errorCode);
        });

    private static async Task AnswerAsync(HttpContext context, byte[] body, string? status = null)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.StartAsync();
        await context.Response.Body.WriteAsync(body);
        if (status is not null)
            context.Response.AppendTrailer("grpc-status", status);
    }

    private static async Task AssertAsync(GrpcStatusCode expected, string text, RequestDelegate answer)
    {
        await using var server = await OddServer.StartAsync(answer);
        using var channel = GrpcChannel.ForTcp("127.0.0.1", server.Port, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<GrpcException>(
            () => channel.UnaryAsync("/test.Odd/Method", new Empty(), Empty.Parser).OrHang());

        Assert.Equal(expected, failure.StatusCode);
        Assert.Contains(text, failure.Message);
    }
}
