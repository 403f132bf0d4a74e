using Fairway.Dataplanes;

namespace Fairway.Routing.Forwarding;

/// <summary>The route to install, or why there is none. <c>default</c>: nothing wished, no reason needed.</summary>
public readonly record struct ForwardingDecision(FibRoute? Route, NotInstalledReason Reason = NotInstalledReason.None, string? Detail = null)
{
    public static ForwardingDecision No(NotInstalledReason reason, string? detail = null) => new(null, reason, detail);
}
