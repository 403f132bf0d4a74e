using System.Net;
using System.Net.Http.Headers;
using Fairway.Grpc.Server;
using Fairway.Grpc.Wire;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Grpc.Tests.Server;

/// <summary>What the server says to requests that our own client would never send, header by header.</summary>
public class RawRequestTests
{
    private const string Method = "/test.Raw/Method";
    private static readonly byte[] EmptyMessage = new byte[5];

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpc+json")]
    [InlineData(null)]
    public async Task Other_content_type_is_answered_with_415(string? contentType)
    {
        using var response = await PostAsync(EmptyMessage, contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Get_is_answered_with_405()
    {
        await using var server = await StartAsync();
        using var http = new HttpClient();
        using var request = Request(server, HttpMethod.Get);

        using var response = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Success_has_its_status_in_the_trailers()
    {
        using var response = await PostAsync(EmptyMessage, "application/grpc+proto");

        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(EmptyMessage, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(["0"], response.TrailingHeaders.GetValues("grpc-status"));
        Assert.False(response.Headers.Contains("grpc-status"));
        Assert.False(response.TrailingHeaders.Contains("grpc-message"));
    }

    [Fact]
    public async Task Refusal_without_messages_is_trailers_only()
    {
        using var response = await PostAsync(EmptyMessage, path: "/test.Raw/Nö");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(["12"], response.Headers.GetValues("grpc-status"));
        Assert.Equal(["there is no method /test.Raw/N%C3%B6"], response.Headers.GetValues("grpc-message"));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Empty(response.TrailingHeaders);
    }

    [Fact]
    public async Task Compressed_message_is_unimplemented_and_the_answer_says_what_we_read()
    {
        using var response = await PostAsync([1, 0, 0, 0, 0]);

        Assert.Equal(["12"], response.Headers.GetValues("grpc-status"));
        Assert.Equal(["identity"], response.Headers.GetValues("grpc-accept-encoding"));
    }

    [Theory]
    [InlineData(new byte[] { }, GrpcStatusCode.Unimplemented)]                              // none
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, GrpcStatusCode.Unimplemented)] // two
    [InlineData(new byte[] { 0, 0, 0, 0, 1 }, GrpcStatusCode.Internal)]                     // cut
    [InlineData(new byte[] { 9, 0, 0, 0, 0 }, GrpcStatusCode.Internal)]                     // unknown flag
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 0xff }, GrpcStatusCode.Internal)]               // no protobuf
    public async Task Body_that_is_not_one_message_is_refused(byte[] body, GrpcStatusCode expected)
    {
        using var response = await PostAsync(body);

        Assert.Equal([((int)expected).ToString()], response.Headers.GetValues("grpc-status"));
    }

    [Theory]
    [InlineData("soon", "13")]
    [InlineData("123456789S", "13")]
    [InlineData("0u", "4")]
    [InlineData("100m", "4")]
    [InlineData("99999999H", "0")]
    public async Task Timeout_header_decides(string timeout, string status)
    {
        using var response = await PostAsync(EmptyMessage, timeout: timeout);
        await response.Content.LoadIntoBufferAsync();

        var headers = status == "0" ? response.TrailingHeaders : response.Headers;
        Assert.Equal([status], headers.GetValues("grpc-status"));
    }

    [Fact]
    public async Task Too_long_a_message_is_refused_while_its_bytes_are_still_to_come()
    {
        await using var server = await StartAsync();
        using var http = new HttpClient();
        using var request = Request(server, HttpMethod.Post);
        var endless = new EndlessContent([0, 0, 64, 0, 1]); // 4 MiB and one byte
        request.Content = endless;

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(["8"], response.Headers.GetValues("grpc-status"));
        endless.End();
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(
        new GrpcService().Unary(Method, Empty.Parser, async (request, context) =>
        {
            if (context.Deadline is { } deadline && deadline < DateTimeOffset.UtcNow.AddHours(1))
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return request;
        }));

    private static async Task<HttpResponseMessage> PostAsync(
        byte[] body, string? contentType = "application/grpc", string path = Method, string? timeout = null)
    {
        await using var server = await StartAsync();
        using var http = new HttpClient();
        using var request = Request(server, HttpMethod.Post, path);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        if (timeout is not null)
            request.Headers.Add("grpc-timeout", timeout);
        return await http.SendAsync(request);
    }

    private static HttpRequestMessage Request(TestServer server, HttpMethod method, string path = Method) =>
        new(method, $"http://127.0.0.1:{server.TcpPort}{path}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

    /// <summary>Sends its first bytes and then nothing until it is ended.</summary>
    private sealed class EndlessContent : HttpContent
    {
        private readonly byte[] first;
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndlessContent(byte[] first)
        {
            this.first = first;
            Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        }

        public void End() => ended.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(first);
            await stream.FlushAsync();
            await ended.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
