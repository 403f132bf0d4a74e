using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Reconciliation.Compilation;
using Fairway.Reconciliation.Drift;
using Fairway.Speakers;
using Fairway.Testing.Speakers;
using Fairway.Testing.Time;
using static Fairway.Testing.Intents.Wishes;

namespace Fairway.Reconciliation.Tests;

/// <summary>A reconciler beside a fake speaker, and wishes for one peer and one prefix.</summary>
public abstract class ReconcilerTest : IDisposable
{
    protected static readonly IpPrefix Vip = IpPrefix.Parse("203.0.113.1/32");
    protected static readonly PeerKey Tor1 = new(IpAddr.Parse("192.0.2.11"));
    protected static readonly NodeFacts Node = new("n1", RouterId.Parse("192.0.2.1"));
    protected static readonly Intent[] Wanted = [Instance(64496), Peer("tor1", "192.0.2.11", 64511), Advertisement("vips", "203.0.113.1/32")];

    protected ReconcilerTest()
    {
        Log = new DriftLog(Time);
        Reconciler = NewReconciler();
    }

    protected ManualTimeProvider Time { get; } = new();

    protected FakeSpeaker Speaker { get; } = new();

    protected DriftLog Log { get; }

    protected SpeakerReconciler Reconciler { get; }

    public void Dispose()
    {
        Speaker.EventWriter.TryComplete();
        GC.SuppressFinalize(this);
    }

    protected SpeakerReconciler NewReconciler(DriftPolicy policy = DriftPolicy.Repair) =>
        new(Speaker, new SpeakerCompiler(Ranking), Log, new ReconcilerOptions { Drift = policy }, Time);

    protected ValueTask<SpeakerPlan> ReconcileAsync(params ReadOnlySpan<Intent> intents) =>
        Reconciler.ReconcileAsync(Evaluate(intents), Node, _ => false, CancellationToken.None);

    protected async Task AdvanceAsync(double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        await Reconciler.RunDueAsync(CancellationToken.None);
    }
}
