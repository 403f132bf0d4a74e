using System.Net;
using System.Net.Sockets;
using Fairway.Agent.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairway.Agent.Tests.Http;

public sealed class StatusServerTests : IAsyncLifetime
{
    private readonly FakeHealth _health = new();
    private readonly IPEndPoint _endPoint = new(IPAddress.Loopback, FreePort.Find(IPAddress.Loopback));
    private StatusServer _server = null!;

    public async Task InitializeAsync() => _server = await StatusServer.StartAsync(_endPoint, "n1", _health, NullLoggerFactory.Instance, CancellationToken.None);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task A_probe_of_an_agent_in_good_health_is_answered_with_ok(string path)
    {
        using var answer = await AskAsync(HttpMethod.Get, path);

        Assert.Equal((HttpStatusCode.OK, "ok\n"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("/healthz", "the loop hangs\n")]
    [InlineData("/readyz", "the kernel has not been read yet\n")]
    public async Task A_probe_that_fails_says_why(string path, string reason)
    {
        _health.Problem = "the loop hangs";
        _health.NotReadyReason = "the kernel has not been read yet";

        using var answer = await AskAsync(HttpMethod.Get, path);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, reason), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Metrics_are_text_of_the_version_that_Prometheus_reads()
    {
        using var answer = await AskAsync(HttpMethod.Get, "/metrics");

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("fairway_test 1\n", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/healthz/", HttpStatusCode.NotFound)]
    [InlineData("POST", "/healthz", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/metrics", HttpStatusCode.MethodNotAllowed)]
    public async Task Nothing_else_is_served(string method, string path, HttpStatusCode status)
    {
        using var answer = await AskAsync(new HttpMethod(method), path);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1:9179", HttpStatusCode.OK)]
    [InlineData("[2001:db8::1]", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("n1", HttpStatusCode.OK)]
    [InlineData("N1.example.net:9179", HttpStatusCode.OK)]
    [InlineData("rebound.example.net", HttpStatusCode.MisdirectedRequest)]
    [InlineData("n11", HttpStatusCode.MisdirectedRequest)]
    public async Task A_page_that_calls_us_by_a_name_of_its_own_gets_nothing(string host, HttpStatusCode status)
    {
        using var answer = await AskAsync(HttpMethod.Get, "/metrics", host);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_port_in_use_is_told_with_its_address_and_the_flag_to_change()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var error = await Assert.ThrowsAsync<AgentException>(() =>
            StatusServer.StartAsync((IPEndPoint)taken.LocalEndpoint, "n1", _health, NullLoggerFactory.Instance, CancellationToken.None));

        Assert.Contains(taken.LocalEndpoint.ToString()!, error.Message, StringComparison.Ordinal);
        Assert.Contains("--http ADDR:PORT", error.Message, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string? host = null)
    {
        using var request = new HttpRequestMessage(method, $"http://{_endPoint}{path}");
        request.Headers.Host = host;
        using var client = new HttpClient();
        return await client.SendAsync(request);
    }

    private sealed class FakeHealth : IAgentHealth
    {
        public string? Problem { get; set; }

        public string? NotReadyReason { get; set; }

        public Task<string?> CheckAliveAsync(CancellationToken cancellationToken) => Task.FromResult(Problem);

        public Task<string> WriteMetricsAsync(CancellationToken cancellationToken) => Task.FromResult("fairway_test 1\n");
    }
}
