using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairway.Agent.Http;

/// <summary>What probes and Prometheus ask.</summary>
internal interface IAgentHealth
{
    /// <summary>Null when the agent's loop answers, else what is wrong.</summary>
    Task<string?> CheckAliveAsync(CancellationToken cancellationToken);

    /// <summary>Null when ready (design section 8), else what is awaited.</summary>
    string? NotReadyReason { get; }

    Task<string> WriteMetricsAsync(CancellationToken cancellationToken);
}

/// <summary>Serves /healthz, /readyz and /metrics over plain HTTP; GET only, and nothing else.</summary>
internal sealed class StatusServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private StatusServer(WebApplication application) => _application = application;

    /// <exception cref="AgentException">The address cannot be listened on; the text says what to do.</exception>
    public static async Task<StatusServer> StartAsync(IPEndPoint endPoint, string node, IAgentHealth health, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(endPoint);
        });
        var application = builder.Build();
        string[] names = [node, Environment.MachineName, "localhost"];
        application.Run(context => IsOurs(context.Request.Host.Host, names) ? AnswerAsync(context, health) : MisdirectedAsync(context));
        try
        {
            await application.StartAsync(cancellationToken);
            return new StatusServer(application);
        }
        catch (Exception refused)
        {
            await application.DisposeAsync();
            if (refused is IOException or SocketException or UnauthorizedAccessException)
            {
                throw new AgentException($"cannot serve HTTP on {endPoint}: {refused.GetBaseException().Message}; choose another address with --http ADDR:PORT, or none with --http off", refused);
            }

            throw;
        }
    }

    /// <summary>Ends at once; a probe that waits is cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
    }

    // A page in somebody's browser may call us by a name of its own that leads here (DNS rebinding): only our own names and plain addresses count.
    private static bool IsOurs(string host, string[] names) => host.Length == 0
        || IPAddress.TryParse(host, out _)
        || names.Any(name => host.Equals(name, StringComparison.OrdinalIgnoreCase) || host.StartsWith(name + ".", StringComparison.OrdinalIgnoreCase));

    private static Task MisdirectedAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return context.Response.WriteAsync("the Host header names another host; use an address, localhost or the node's name\n", context.RequestAborted);
    }

    private static async Task AnswerAsync(HttpContext context, IAgentHealth health)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = HttpMethods.Get;
            return;
        }

        switch (context.Request.Path.Value)
        {
            case "/healthz":
                await WriteProbeAsync(context, await health.CheckAliveAsync(context.RequestAborted));
                break;
            case "/readyz":
                await WriteProbeAsync(context, health.NotReadyReason);
                break;
            case "/metrics":
                context.Response.ContentType = PrometheusText.ContentType;
                await context.Response.WriteAsync(await health.WriteMetricsAsync(context.RequestAborted), context.RequestAborted);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private static Task WriteProbeAsync(HttpContext context, string? problem)
    {
        context.Response.StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(problem is null ? "ok\n" : problem + "\n", context.RequestAborted);
    }
}
