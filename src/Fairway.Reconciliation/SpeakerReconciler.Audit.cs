using Fairway.Reconciliation.Drift;
using Fairway.Reconciliation.Plans;
using Fairway.Speakers;

namespace Fairway.Reconciliation;

/// <content>Compares what the speaker really does with what was put there (design D6).</content>
public sealed partial class SpeakerReconciler
{
    private readonly HashSet<string> _drifted = [];

    /// <summary>Reads the speaker, tells drift, and repairs it where the policy says so.</summary>
    public ValueTask AuditAsync(CancellationToken cancellationToken) => _audits.RunAsync(() => LookAsync(cancellationToken));

    private async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        var observed = await speaker.ReadAsync(cancellationToken);
        var back = SpeakerPlanner.Between(observed.State, Applied);
        var undone = back.Changes.ToDictionary(PlanView.NameOf);
        var mismatches = observed.Mismatches.ToDictionary(NameOf);
        Settle([.. undone.Keys, .. mismatches.Keys]);
        foreach (var (name, change) in undone)
        {
            Tell(name, Text(change, wanted: true), Text(change, wanted: false));
        }

        foreach (var (name, mismatch) in mismatches)
        {
            Tell(name, mismatch.Desired, mismatch.Observed);
        }

        if (options.Drift is DriftPolicy.Repair)
        {
            await RepairAsync(new SpeakerPlan([.. back.Changes.Where(IsOurs)]), observed.State, cancellationToken);
            await RepairAsync([.. mismatches.Values.Where(mismatch => !_contests.IsContested(NameOf(mismatch)))], cancellationToken);
        }
    }

    private bool IsOurs(SpeakerChange change) => !_contests.IsContested(PlanView.NameOf(change));

    private async ValueTask RepairAsync(SpeakerPlan plan, SpeakerState observed, CancellationToken cancellationToken)
    {
        if (plan.IsEmpty)
        {
            return;
        }

        var report = await speaker.ApplyAsync(plan, observed, cancellationToken);
        var refused = report.Failures.Select(failure => PlanView.NameOf(failure.Change)).ToHashSet();
        foreach (var name in plan.Changes.Select(PlanView.NameOf).Where(name => !refused.Contains(name)))
        {
            Close(name);
        }
    }

    private async ValueTask RepairAsync(IReadOnlyList<SpeakerMismatch> mismatches, CancellationToken cancellationToken)
    {
        if (mismatches.Count == 0)
        {
            return;
        }

        await speaker.RepairAsync(mismatches, cancellationToken);
        foreach (var mismatch in mismatches)
        {
            Close(NameOf(mismatch));
        }
    }

    private void Tell(string name, string desired, string seen)
    {
        var contested = options.Drift is DriftPolicy.Repair && _contests.Undone(name);
        _drifted.Add(name);
        drift.Open(PlanView.SpeakerLayer, name, desired, seen, contested);
    }

    /// <summary>What is right again needs no watching.</summary>
    private void Settle(HashSet<string> seen)
    {
        foreach (var name in _drifted.Where(name => !seen.Contains(name)).ToList())
        {
            _contests.Settle(name);
            Close(name);
        }

        _contests.Prune();
    }

    private void Close(string name)
    {
        _drifted.Remove(name);
        drift.Close(PlanView.SpeakerLayer, name);
    }

    private static string NameOf(SpeakerMismatch mismatch) => mismatch.Table is SpeakerTable.LocRib
        ? $"locRib {mismatch.Prefix}"
        : $"adjRibOut {mismatch.Prefix} to {mismatch.Peer}";

    // The change leads from what is seen (before) back to what was put there (after).
    private static string Text(SpeakerChange change, bool wanted)
    {
        var fields = PlanView.FieldsOf(change);
        var exists = change switch
        {
            SpeakerChange.Instance step => (wanted ? step.After : step.Before) is not null,
            SpeakerChange.Peer step => (wanted ? step.After : step.Before) is not null,
            SpeakerChange.Advertisement step => (wanted ? step.After : step.Before) is not null,
            _ => false,
        };
        return !exists ? "absent" : fields.IsEmpty ? "present" : string.Join(", ", fields.Select(field => $"{field.Path}={(wanted ? field.To : field.From)}"));
    }
}
