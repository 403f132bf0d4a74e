using System.Collections.Immutable;

namespace Fairway.Dataplanes;

/// <summary>Stands for <c>--dataplane none</c>: nothing is forwarded for us, so nothing is installed and every next hop counts as reached (design D14).</summary>
public sealed class NoDataplane : IDataplane
{
    /// <summary>The <see cref="Kind"/> of this dataplane.</summary>
    public const string KindName = "none";

    public string Kind => KindName;

    public KernelView View => KernelView.Empty;

    public ValueTask<FibObservation> ReadAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new FibObservation(ImmutableDictionary<Net.IpPrefix, FibRoute>.Empty, 0));

    /// <summary>There is no table to change.</summary>
    public ValueTask<ImmutableArray<FibFailure>> ApplyAsync(IReadOnlyList<FibChange> changes, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("There is no dataplane.");

    public ValueTask<ImmutableArray<FibFailure>> RemoveDuplicatesAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(ImmutableArray<FibFailure>.Empty);

    public async ValueTask<DataplaneSignal> WaitForChangeAsync(CancellationToken cancellationToken)
    {
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return DataplaneSignal.None;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
