using Fairway.Reconciliation.Plans;
using Fairway.Speakers;
using Microsoft.Extensions.Logging;

namespace Fairway.Agent.Loop;

/// <summary>Logs each refusal of the speaker once, however often the change is tried again.</summary>
internal sealed class RefusalLog(ILogger logger)
{
    private HashSet<(string Object, string Reason)> _told = [];

    public void Tell(IEnumerable<SpeakerFailure> failures)
    {
        var now = failures.Select(failure => (PlanView.NameOf(failure.Change), failure.Reason)).ToHashSet();
        foreach (var (name, reason) in now.Except(_told))
        {
            Log.ChangeRefused(logger, name, reason);
        }

        _told = now;
    }
}
