using System.Collections.Immutable;
using Fairway.Intents.Policy;
using Fairway.Net;
using Fairway.Reconciliation.Compilation;
using Fairway.Reconciliation.Drift;
using Fairway.Reconciliation.Plans;
using Fairway.Reconciliation.Retries;
using Fairway.Speakers;

namespace Fairway.Reconciliation;

/// <summary>
/// Brings the speaker to what is wished and keeps it there: desired → plan → apply → observe. It owns what was applied, what was refused and
/// when to try again. One loop calls it; calls do not overlap.
/// </summary>
public sealed partial class SpeakerReconciler(ISpeaker speaker, SpeakerCompiler compiler, DriftLog drift, ReconcilerOptions options, TimeProvider time)
{
    private readonly RetrySchedule<string> _retries = new(time, options.FirstRetry, options.LongestRetry);
    private readonly AuditSchedule _audits = new(time, options.AuditInterval);
    private readonly ContestWatch<string> _contests = new(time);
    private ImmutableDictionary<string, SpeakerFailure> _failures = ImmutableDictionary<string, SpeakerFailure>.Empty;
    private readonly HashSet<IpPrefix> _dirty = [];
    private bool _compareAll = true;

    /// <summary>The newest wishes as compiled.</summary>
    public CompiledSpeaker Compiled { get; private set; } = CompiledSpeaker.Empty;

    /// <summary>What was last put into the speaker.</summary>
    public SpeakerState Applied { get; private set; } = SpeakerState.Empty;

    /// <summary>Steps that were refused and wait to be tried again, by the name of their object.</summary>
    public IReadOnlyDictionary<string, SpeakerFailure> Failures => _failures;

    /// <summary>When <see cref="RunDueAsync"/> has something to do.</summary>
    public DateTimeOffset NextDue => _retries.NextDue is { } retry && retry < _audits.Due ? retry : _audits.Due;

    /// <summary>Takes what the speaker holds already as applied, so that a restart changes only what differs.</summary>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        Applied = (await speaker.ReadAsync(cancellationToken)).State;
        _compareAll = true;
    }

    /// <summary>Compiles the accepted intents; <see cref="ApplyAsync"/> carries out what they change.</summary>
    public CompiledSpeaker Compile(Evaluation evaluation, NodeFacts node, Func<IpPrefix, bool> isLearned)
    {
        Compiled = compiler.Compile(evaluation, node, isLearned);
        _dirty.UnionWith(Compiled.Changed);
        return Compiled;
    }

    /// <summary>Carries out what the newest wishes change.</summary>
    /// <returns>The steps that were tried.</returns>
    public async ValueTask<SpeakerPlan> ApplyAsync(CancellationToken cancellationToken)
    {
        var wanted = SpeakerPlanner.Between(Applied, Compiled.Desired, _compareAll ? null : [.. _dirty, .. RefusedPrefixes()]);
        var plan = new SpeakerPlan([.. wanted.Changes.Where(change => !IsHeld(change))]);
        ForgetOthers(wanted);
        if (!plan.IsEmpty)
        {
            _compareAll = true; // until the outcome is known
            var report = await speaker.ApplyAsync(plan, Applied, cancellationToken);
            Applied = report.Applied;
            Keep(plan, report);
        }

        _compareAll = false;
        _dirty.Clear();
        return plan;
    }

    /// <summary>Tries again what is due, and audits when it is time.</summary>
    public async ValueTask RunDueAsync(CancellationToken cancellationToken)
    {
        if (_retries.NextDue <= time.GetUtcNow())
        {
            await ApplyAsync(cancellationToken);
        }

        if (_audits.IsDue)
        {
            await AuditAsync(cancellationToken);
        }
    }

    private IEnumerable<IpPrefix> RefusedPrefixes() =>
        _failures.Values.Select(failure => failure.Change).OfType<SpeakerChange.Advertisement>().Select(change => change.Prefix);

    // A step that was refused waits for its time, unless it has become another step.
    private bool IsHeld(SpeakerChange change)
    {
        var name = PlanView.NameOf(change);
        return _retries.IsHeld(name) && _failures.TryGetValue(name, out var failure) && failure.Change == change;
    }

    private void ForgetOthers(SpeakerPlan wanted)
    {
        var names = wanted.Changes.Select(PlanView.NameOf).ToHashSet();
        foreach (var name in _failures.Keys.Where(name => !names.Contains(name)))
        {
            Succeeded(name);
        }
    }

    private void Keep(SpeakerPlan plan, SpeakerReport report)
    {
        var failures = report.Failures.ToDictionary(failure => PlanView.NameOf(failure.Change));
        foreach (var name in plan.Changes.Select(PlanView.NameOf))
        {
            _contests.Settle(name); // a new wish ends the old contest
            if (failures.TryGetValue(name, out var failure))
            {
                _retries.Failed(name);
                _failures = _failures.SetItem(name, failure);
            }
            else
            {
                Succeeded(name);
            }
        }
    }

    private void Succeeded(string name)
    {
        _retries.Forget(name);
        _failures = _failures.Remove(name);
    }
}
