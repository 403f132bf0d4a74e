using System.Collections.Immutable;
using System.Threading.Channels;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Net.Options;
using Fairway.Speakers;

namespace Fairway.Testing.Speakers;

/// <summary>A speaker that keeps its state in memory, refuses what the test says, and writes down what it was asked.</summary>
public sealed class FakeSpeaker : ISpeaker
{
    private readonly Channel<SpeakerEvent> _events = Channel.CreateUnbounded<SpeakerEvent>();

    public string Kind => "fake";

    public FakeLearnedRoutes Learned { get; } = new();

    ILearnedRoutes ISpeaker.Learned => Learned;

    public ChannelReader<SpeakerEvent> Events => _events.Reader;

    public ChannelWriter<SpeakerEvent> EventWriter => _events.Writer;

    /// <summary>What is in place; a test sets it to play a second writer.</summary>
    public SpeakerState State { get; set; } = SpeakerState.Empty;

    /// <summary>What <see cref="ReadAsync"/> tells besides; repaired ones go.</summary>
    public List<SpeakerMismatch> Mismatches { get; } = [];

    /// <summary>Says why a step is refused, or null.</summary>
    public Func<SpeakerChange, string?> Refuses { get; set; } = _ => null;

    /// <summary>Every plan that was carried out.</summary>
    public List<SpeakerPlan> Plans { get; } = [];

    /// <summary>Routes per table, as the test wants them read.</summary>
    public Dictionary<RouteQuery, List<RouteRow>> Routes { get; } = [];

    public Dictionary<PeerKey, PeerStatus> PeerStates { get; } = [];

    /// <summary>Questions whose answers were told to have changed.</summary>
    public List<NextHopQuery> ChangedNextHops { get; } = [];

    /// <summary>The gates of an export; without it every session is idle.</summary>
    public IReadOnlyList<Gate>? ExportGates { get; set; }

    /// <summary>The gates of an import; without it nothing was received.</summary>
    public IReadOnlyList<Gate>? ImportGates { get; set; }

    public StopPolicy? Stopped { get; private set; }

    public ValueTask<SpeakerReport> ApplyAsync(SpeakerPlan plan, SpeakerState applied, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plans.Add(plan);
        var failures = ImmutableArray.CreateBuilder<SpeakerFailure>();
        foreach (var change in plan.Changes)
        {
            if (Refuses(change) is { } reason)
            {
                failures.Add(new SpeakerFailure(change, reason));
            }
            else
            {
                State = State.After(change);
            }
        }

        return ValueTask.FromResult(new SpeakerReport(State, failures.ToImmutable()));
    }

    public ValueTask<SpeakerObservation> ReadAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new SpeakerObservation(State, [.. Mismatches]));

    public ValueTask RepairAsync(IReadOnlyList<SpeakerMismatch> mismatches, CancellationToken cancellationToken)
    {
        Mismatches.RemoveAll(mismatches.Contains);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<PeerStatus>> ReadPeersAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<PeerStatus>>([.. State.Peers.Values.OrderBy(peer => peer.Key).Select(StatusOf)]);

    public async IAsyncEnumerable<RouteRow> ReadRoutesAsync(
        RouteQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var row in Routes.GetValueOrDefault(query) ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    public ValueTask<IReadOnlyList<Gate>> ExplainExportAsync(IpPrefix prefix, PeerKey peer, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ExportGates ?? (State.Instance is null
            ? [new Gate("instance", GateResult.Fail, Reason: "NoInstance"), .. Skipped("session", "family", "nextHop", "export", "sent")]
            : [new Gate("instance", GateResult.Pass), new Gate("session", GateResult.Fail, Reason: "Idle"), .. Skipped("family", "nextHop", "export", "sent")]));

    public ValueTask<IReadOnlyList<Gate>> ExplainImportAsync(IpPrefix prefix, PeerKey? peer, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ImportGates ?? [new Gate("received", GateResult.Fail, Reason: "NotReceived"), .. Skipped("import", "nextHop", "best")]);

    public void NextHopsChanged(IReadOnlyCollection<NextHopQuery> queries) => ChangedNextHops.AddRange(queries);

    public ValueTask StopAsync(StopPolicy policy, CancellationToken cancellationToken)
    {
        Stopped = policy;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private PeerStatus StatusOf(PeerOptions peer) =>
        PeerStates.GetValueOrDefault(peer.Key)
        ?? new PeerStatus { Key = peer.Key, Name = peer.Name, Asn = peer.Asn ?? default, LastError = peer.Password?.Problem };

    private static IEnumerable<Gate> Skipped(params string[] names) => names.Select(name => new Gate(name, GateResult.Skipped));
}
