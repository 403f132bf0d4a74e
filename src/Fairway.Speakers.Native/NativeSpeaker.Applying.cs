using System.Collections.Immutable;
using System.Net.Sockets;
using Fairway.Speakers.Native.Sockets;

namespace Fairway.Speakers.Native;

/// <content>Carrying out plans.</content>
public sealed partial class NativeSpeaker
{
    private const int AdvertisementsPerTurn = 512;

    public async ValueTask<SpeakerReport> ApplyAsync(SpeakerPlan plan, SpeakerState applied, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(applied);
        await _plans.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isStopped, this);
            var work = new PlanWork(applied);
            await CarryOutAsync(plan, work, cancellationToken).ConfigureAwait(false);
            await ListenAsync(work).ConfigureAwait(false);
            await Task.WhenAll(work.Leaving).ConfigureAwait(false);
            await ForgetUnknownAsync(cancellationToken).ConfigureAwait(false);
            return new SpeakerReport(work.Applied, [.. work.Failures]);
        }
        finally
        {
            _plans.Release();
        }
    }

    private async ValueTask CarryOutAsync(SpeakerPlan plan, PlanWork work, CancellationToken cancellationToken)
    {
        for (var index = 0; index < plan.Changes.Length; index++)
        {
            switch (plan.Changes[index])
            {
                case SpeakerChange.Instance change:
                    await ApplyInstanceAsync(change, work, cancellationToken).ConfigureAwait(false);
                    break;
                case SpeakerChange.Peer change:
                    await ApplyPeerAsync(change, work, cancellationToken).ConfigureAwait(false);
                    break;
                case SpeakerChange.Advertisement:
                    var batch = AdvertisementsFrom(plan.Changes, index);
                    await ApplyAdvertisementsAsync(batch, work, cancellationToken).ConfigureAwait(false);
                    index += batch.Length - 1;
                    break;
            }
        }
    }

    private static ImmutableArray<SpeakerChange.Advertisement> AdvertisementsFrom(ImmutableArray<SpeakerChange> changes, int first)
    {
        var batch = ImmutableArray.CreateBuilder<SpeakerChange.Advertisement>();
        while (first < changes.Length && batch.Count < AdvertisementsPerTurn && changes[first] is SpeakerChange.Advertisement change)
        {
            batch.Add(change);
            first++;
        }

        return batch.ToImmutable();
    }

    private async ValueTask ApplyAdvertisementsAsync(
        ImmutableArray<SpeakerChange.Advertisement> changes, PlanWork work, CancellationToken cancellationToken)
    {
        if (_instance is not { } instance)
        {
            work.Failures.AddRange(changes.Select(change => new SpeakerFailure(change, NoInstance)));
            return;
        }

        await instance.Loop.DoAsync(rib =>
        {
            foreach (var change in changes)
            {
                if (change.After is { } advertised)
                {
                    rib.SetLocal(advertised);
                }
                else
                {
                    rib.RemoveLocal(change.Prefix);
                }
            }
        }, cancellationToken).ConfigureAwait(false);
        work.Advertised(changes);
    }

    private async ValueTask ApplyPeerAsync(SpeakerChange.Peer change, PlanWork work, CancellationToken cancellationToken)
    {
        if (_instance is not { } instance)
        {
            work.Failures.Add(new SpeakerFailure(change, NoInstance));
            return;
        }

        try
        {
            if (change.After is not { } after)
            {
                work.Leaving.Add(RemovePeerAsync(instance, change.Key));
            }
            else if (instance.Peers.TryGetValue(change.Key, out var peer))
            {
                await UpdatePeerAsync(instance, peer, after, instance.Options, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await AddPeerAsync(instance, after, cancellationToken).ConfigureAwait(false);
            }

            work.Peered(change);
        }
        catch (Exception refused) when (refused is SocketException or KeyRefusedException)
        {
            work.Failures.Add(new SpeakerFailure(change, refused.Message));
        }
    }

    // Listeners come last: whoever connects finds its peer, and its key has been there before the socket was.
    private async ValueTask ListenAsync(PlanWork work)
    {
        if (work.Instance is not { } change)
        {
            return;
        }

        var wished = change.After is { } instance ? ListenOf(instance) : [];
        var problems = await _listeners.ApplyAsync(wished).ConfigureAwait(false);
        foreach (var problem in problems)
        {
            _log.NotListening(problem);
        }

        if (!problems.IsEmpty)
        {
            work.Failures.Add(new SpeakerFailure(change, string.Join("; ", problems)));
        }

        _log.Listening(string.Join(' ', _listeners.Listeners.Select(listener => listener.Address)));
        work.Applied = work.Applied with { Instance = Observed(change.After) };
    }

    // A restarted speaker waits only for peers that it still has; before any peer is there, that is not known yet.
    private async ValueTask ForgetUnknownAsync(CancellationToken cancellationToken)
    {
        if (_instance is { Peers.IsEmpty: false, Restart.Restarting: true } instance)
        {
            var configured = instance.Peers.Keys.ToHashSet();
            await instance.Loop.DoAsync(_ => instance.Loop.Restart.Retain(configured), cancellationToken).ConfigureAwait(false);
        }
    }

    private const string NoInstance = "there is no BGP instance";

    /// <summary>A plan while it is carried out.</summary>
    private sealed class PlanWork(SpeakerState applied)
    {
        public SpeakerState Applied { get; set; } = applied;

        public List<SpeakerFailure> Failures { get; } = [];

        public List<Task> Leaving { get; } = [];

        public SpeakerChange.Instance? Instance { get; set; }

        public void Peered(SpeakerChange.Peer change) => Applied = Applied with
        {
            Peers = change.After is { } after ? Applied.Peers.SetItem(change.Key, after) : Applied.Peers.Remove(change.Key),
        };

        public void Advertised(ImmutableArray<SpeakerChange.Advertisement> changes)
        {
            var builder = Applied.Advertisements.ToBuilder();
            foreach (var change in changes)
            {
                if (change.After is { } after)
                {
                    builder[change.Prefix] = after;
                }
                else
                {
                    builder.Remove(change.Prefix);
                }
            }

            Applied = Applied with { Advertisements = builder.ToImmutable() };
        }
    }
}
