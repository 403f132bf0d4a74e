using Fairway.Agent.Http;
using Fairway.Agent.Loop;
using Fairway.Api;
using Fairway.Grpc.Server;
using Fairway.Speakers;
using Microsoft.Extensions.Logging;

namespace Fairway.Agent;

/// <summary>
/// The running agent of a node. It starts in this order: lock and read the kernel, make the speaker, listen, read the documents. It ends in
/// the reverse order and leaves forwarding as it is (design D8), unless told to withdraw.
/// </summary>
public sealed class AgentHost : IAsyncDisposable
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);

    private readonly AgentOptions _options;
    private readonly AgentParts _parts;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ending = new();
    private readonly Supervisor _supervisor;
    private readonly List<IAsyncDisposable> _servers = [];
    private StopPolicy _stop;
    private bool _ended;

    private AgentHost(AgentOptions options, AgentParts parts, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _parts, _time, _stop) = (options, parts, time, options.Stop);
        _logger = loggers.CreateLogger("Fairway.Agent");
        _supervisor = new Supervisor(time, _logger);
    }

    /// <summary>Runs the agent until the token asks for the end. A speaker that ends by a defect of ours takes a new start, with forwarding kept.</summary>
    /// <inheritdoc cref="StartAsync" path="/exception"/>
    public static async Task RunAsync(AgentOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        while (await RunOnceAsync(options, time, loggers, cancellationToken))
        {
            await Task.Delay(RestartPause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <exception cref="AgentException">A port is in use, a capability is missing, another agent runs here...; the text says what to do.</exception>
    public static async Task<AgentHost> StartAsync(AgentOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problems().ToList() is { Count: > 0 } problems)
        {
            throw new AgentException(string.Join('\n', problems));
        }

        var parts = await new AgentBuilder(options, time, loggers).BuildAsync(cancellationToken);
        var host = new AgentHost(options, parts, time, loggers);
        try
        {
            await host.ListenAsync(loggers, cancellationToken);
        }
        catch (IOException error)
        {
            await host.AbandonAsync();
            throw new AgentException($"{error.Message.TrimEnd('.')}; --socket PATH chooses another", error);
        }
        catch
        {
            await host.AbandonAsync();
            throw;
        }

        host.StartLoops();
        return host;
    }

    /// <summary>Stops within the stop timeout.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        Log.Stopping(_logger, _stop.ToString());
        using var patience = new CancellationTokenSource(_options.StopTimeout, _time);
        await _ending.CancelAsync();
        await _supervisor.WhenAllEnded().WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _parts.StopAsync(_stop, patience.Token);
        await AbandonAsync();
    }

    /// <returns>True when a defect ended it and it should start again.</returns>
    private static async Task<bool> RunOnceAsync(AgentOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        await using var host = await StartAsync(options, time, loggers, cancellationToken);
        var asked = Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        await Task.WhenAny(asked, host._parts.Speaker.Events.Completion);
        if (cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        host._stop = StopPolicy.Keep;
        Log.StartsAgain(host._logger, host._parts.Speaker.Kind);
        return true;
    }

    // A start that fails leaves state and kernel as the earlier run left them.
    private async ValueTask AbandonAsync()
    {
        _ended = true;
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await _parts.DisposeAsync();
        _ending.Dispose();
    }

    private async Task ListenAsync(ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var service = new AgentService(_parts.View, _time);
        var socket = new UnixSocketOptions(Path.GetFullPath(_options.Api.Socket), GroupIds.Find(_options.Api.Group));
        var grpc = new GrpcServer(new GrpcServerOptions { UnixSocket = socket }, [service.Describe()], _time, loggers);
        _servers.Add(grpc);
        await grpc.StartAsync(cancellationToken);
        if (_options.Http is { } http)
        {
            _servers.Add(await StatusServer.StartAsync(http, _options.Node, new AgentHealth(_parts, _time), loggers, cancellationToken));
        }
    }

    private void StartLoops()
    {
        var parts = _parts;
        _supervisor.Start("files", parts.Files.RunAsync, _ending.Token);
        _supervisor.Start("files watch", parts.WatchFilesAsync, _ending.Token);
        _supervisor.Start("speaker watch", parts.WatchSpeakerAsync, _ending.Token);
        _supervisor.Start("routing", parts.RoutingLoop.RunAsync, _ending.Token);
        _supervisor.Start("agent", parts.Loop.RunAsync, _ending.Token);
        Log.Started(_logger, _options.Node, parts.Speaker.Kind, parts.Dataplane.Kind, _options.FilesPath ?? "", _options.Api.Socket);
    }
}
