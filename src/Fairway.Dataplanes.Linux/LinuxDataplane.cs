using System.Collections.Immutable;
using Fairway.Dataplanes.Linux.Netlink;
using Fairway.Dataplanes.Linux.Reading;
using Fairway.Dataplanes.Linux.Startup;
using Fairway.Dataplanes.Linux.Watching;
using Fairway.Dataplanes.Linux.Writing;
using Microsoft.Extensions.Logging;

namespace Fairway.Dataplanes.Linux;

/// <summary>
/// The Linux kernel's forwarding table by route netlink (design D7). Reading and applying may be called from anywhere and take turns;
/// <see cref="WaitForChangeAsync"/> has one caller at a time.
/// </summary>
public sealed partial class LinuxDataplane : IDataplane
{
    private readonly NamespaceLock _lock;
    private readonly NetlinkRequests _requests;
    private readonly KernelEvents _events;
    private readonly Ownership _ownership;
    private readonly InstalledPrefixes _installed = new();
    private readonly KernelReader _reader;
    private readonly RouteWriter _writer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    // One user of the request socket at a time.
    private readonly SemaphoreSlim _turn = new(1);
    private IReadOnlyList<RouteMessage> _strays = [];
    private bool _wasRead;
    private volatile KernelView _view = KernelView.Empty;

    private LinuxDataplane(LinuxDataplaneOptions options, Ownership ownership, Sockets sockets, TimeProvider time, ILogger logger)
    {
        _time = time;
        _logger = logger;
        _lock = sockets.Lock;
        _requests = sockets.Requests;
        _ownership = ownership;
        _events = new(sockets.Events, _requests.PortId, options.EventBufferBytes, _ownership, _installed);
        _reader = new(_requests, _ownership);
        _writer = new(_requests, options.Place, _installed);
    }

    public string Kind => "linux";

    public KernelView View => _view;

    public async ValueTask<FibObservation> ReadAsync(CancellationToken cancellationToken)
    {
        var own = await TakeTurnAsync(ReadOwn, cancellationToken).ConfigureAwait(false);
        return new(own.Routes, own.Strays.Count);
    }

    public async ValueTask<ImmutableArray<FibFailure>> ApplyAsync(IReadOnlyList<FibChange> changes, CancellationToken cancellationToken)
    {
        var failures = await TakeTurnAsync(() => Apply(changes, cancellationToken), cancellationToken).ConfigureAwait(false);
        Log.Applied(_logger, changes.Count, failures.Length);
        return failures;
    }

    public async ValueTask<ImmutableArray<FibFailure>> RemoveDuplicatesAsync(CancellationToken cancellationToken) =>
        await TakeTurnAsync(() => RemoveStrays(cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <summary>Removes every route of ours; returns those that stay.</summary>
    public async ValueTask<ImmutableArray<FibFailure>> FlushAsync(CancellationToken cancellationToken) =>
        await TakeTurnAsync(() => Flush(cancellationToken), cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync()
    {
        _events.Dispose();
        _requests.Dispose();
        _lock.Dispose();
        return ValueTask.CompletedTask;
    }

    private OwnRoutes ReadOwn()
    {
        _view = _reader.ReadView();
        var own = _reader.ReadOwn(_view.Links);
        _installed.Reset(own.Routes.Keys.Concat(own.Strays.Where(IsInOurPlace).Select(route => route.Prefix)));
        _strays = own.Strays;
        _wasRead = true;
        return own;
    }

    // Of an earlier protocol: a new route can only take its place, not stand beside it.
    private bool IsInOurPlace(RouteMessage route) => route.Place with { Protocol = _ownership.Current.Protocol } == _ownership.Current;

    private ImmutableArray<FibFailure> Apply(IReadOnlyList<FibChange> changes, CancellationToken cancellationToken)
    {
        if (!_wasRead)
            ReadOwn(); // what is ours is known from reading only

        var failures = _writer.Apply(changes, cancellationToken);
        return failures.Exists(failure => failure.Refusal is FibRefusal.Conflict) ? NameOwners(failures) : [.. failures];
    }

    private ImmutableArray<FibFailure> RemoveStrays(CancellationToken cancellationToken)
    {
        var failures = _writer.Remove(_strays, cancellationToken);
        if (failures.Count == 0)
        {
            _strays = [];
            _ownership.ForgetPrevious();
        }

        return [.. failures];
    }

    private ImmutableArray<FibFailure> Flush(CancellationToken cancellationToken)
    {
        var own = ReadOwn();
        var removals = own.Routes.Values.Select(route => new FibChange(route.Prefix, route, After: null)).ToList();
        return [.. _writer.Apply(removals, cancellationToken), .. RemoveStrays(cancellationToken)];
    }

    private ImmutableArray<FibFailure> NameOwners(List<FibFailure> failures)
    {
        _view = _reader.ReadView();
        return [.. failures.Select(failure => failure.Refusal is FibRefusal.Conflict ? failure with { Reason = Conflict(failure) } : failure)];
    }

    private string Conflict(FibFailure failure)
    {
        var others = _view.ForeignRoutes.TryGet(failure.Prefix, out var routes) ? routes : [];
        var foreign = others.Where(route => route.Metric == _ownership.Current.Metric).Select(route => RouteProtocols.Describe(route.Protocol)).ToList();
        return foreign.Count > 0
            ? $"A route of {foreign[0]} stands there at our metric {_ownership.Current.Metric}; it is not ours to touch."
            : $"A route that was not known stands there at our metric {_ownership.Current.Metric}; the next reading shows whose it is.";
    }

    private async ValueTask RefreshViewAsync(CancellationToken cancellationToken) =>
        await TakeTurnAsync(() => _view = _reader.ReadView(), cancellationToken).ConfigureAwait(false);

    // Tables can be large: the work runs apart from the caller.
    private async Task<T> TakeTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(work, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
