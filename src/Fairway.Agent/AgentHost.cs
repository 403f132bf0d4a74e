using Fairway.Agent.Http;
using Fairway.Agent.Loop;
using Fairway.Api;
using Fairway.Grpc.Server;
using Microsoft.Extensions.Logging;

namespace Fairway.Agent;

/// <summary>
/// The running agent of a node. It starts in this order: lock and read the kernel, read the documents, make the speaker, listen. It ends in
/// the reverse order and leaves forwarding as it is (design D8), unless told to withdraw.
/// </summary>
public sealed class AgentHost : IAsyncDisposable
{
    private readonly AgentOptions _options;
    private readonly AgentParts _parts;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ending = new();
    private readonly Supervisor _supervisor;
    private readonly List<IAsyncDisposable> _servers = [];
    private bool _ended;

    private AgentHost(AgentOptions options, AgentParts parts, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _parts) = (options, parts);
        _logger = loggers.CreateLogger("Fairway.Agent");
        _supervisor = new Supervisor(time, _logger);
    }

    /// <exception cref="AgentException">A port is in use, a capability is missing, another agent runs here...; the text says what to do.</exception>
    public static async Task<AgentHost> StartAsync(AgentOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var parts = await AgentParts.BuildAsync(options, time, loggers, cancellationToken);
        var host = new AgentHost(options, parts, time, loggers);
        try
        {
            await host.ListenAsync(time, loggers, cancellationToken);
            host.StartLoops();
        }
        catch (Exception error) when (error is IOException or AgentException)
        {
            await host.DisposeAsync();
            throw new AgentException(error.Message, error);
        }

        return host;
    }

    /// <summary>Waits until the token asks for the end, which <see cref="DisposeAsync"/> then carries out.</summary>
    public static Task WaitAsync(TimeProvider time, CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        Log.Stopping(_logger, _options.Stop.ToString());
        await _ending.CancelAsync();
        await _supervisor.WhenAllEnded();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await _parts.StopAsync(_options.Stop, _options.StopTimeout);
        _parts.Dispose();
        _ending.Dispose();
    }

    private async Task ListenAsync(TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var service = new AgentService(_parts, time);
        var socket = new UnixSocketOptions(Path.GetFullPath(_options.Api.Socket), GroupIds.Find(_options.Api.Group));
        var grpc = new GrpcServer(new GrpcServerOptions { UnixSocket = socket }, [service.Describe()], time, loggers);
        _servers.Add(grpc);
        await grpc.StartAsync(cancellationToken);
        if (_options.Http is { } http)
        {
            _servers.Add(await StatusServer.StartAsync(http, new AgentHealth(_parts, time), loggers, cancellationToken));
        }
    }

    private void StartLoops()
    {
        var parts = _parts;
        _supervisor.Start("files", parts.Files.RunAsync, _ending.Token);
        _supervisor.Start("files watch", parts.WatchFilesAsync, _ending.Token);
        _supervisor.Start("speaker watch", parts.WatchSpeakerAsync, _ending.Token);
        _supervisor.Start("routing", parts.RoutingLoop.RunAsync, _ending.Token);
        _supervisor.Start("agent", parts.AgentLoop.RunAsync, _ending.Token);
        Log.Started(_logger, _options.Node, parts.Speaker.Kind, parts.Dataplane.Kind, _options.FilesPath ?? "", _options.Api.Socket);
    }
}
