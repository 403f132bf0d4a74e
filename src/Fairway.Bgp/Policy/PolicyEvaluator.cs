using Fairway.Net;
using Fairway.Net.Policies;

namespace Fairway.Bgp.Policy;

/// <summary>Runs a route through a list of policies. Pure.</summary>
public static class PolicyEvaluator
{
    /// <summary>
    /// An empty list accepts. In any other, the first statement that matches and says accept or reject decides, then a policy's default, and
    /// the end of the list rejects. Later statements see what earlier ones set.
    /// </summary>
    public static PolicyOutcome Evaluate(ValueList<RoutePolicy> policies, in PolicyInput input)
    {
        var route = new PolicyOutcome(true, input.Attributes);
        foreach (var policy in policies)
        {
            route = route with { Policy = policy.Name };
            if (Run(policy, input, ref route) is var verdict and not PolicyVerdict.Next)
                return route with { Accepted = verdict == PolicyVerdict.Accept };
        }

        return policies.IsEmpty ? route : route with { Accepted = false };
    }

    /// <summary>True when the outcome for a route depends on its attributes only, not on its prefix, so that it can be kept for all prefixes that share them.</summary>
    public static bool IgnoresPrefix(ValueList<RoutePolicy> policies)
    {
        foreach (var policy in policies)
        {
            foreach (var statement in policy.Statements)
            {
                if (UsesPrefix(statement.Match))
                    return false;
            }
        }

        return true;
    }

    private static bool UsesPrefix(PolicyMatch match) => !match.Prefixes.IsEmpty || (match.Not is { } not && UsesPrefix(not));

    private static PolicyVerdict Run(RoutePolicy policy, in PolicyInput input, ref PolicyOutcome route)
    {
        for (var i = 0; i < policy.Statements.Count; i++)
        {
            var statement = policy.Statements[i];
            if (!PolicyMatcher.Matches(statement.Match, input with { Attributes = route.Attributes }))
                continue;
            route = PolicySetter.Apply(statement.Set, input.LocalAsn, route);
            if (statement.Then != PolicyVerdict.Next)
            {
                route = route with { Statement = i + 1 };
                return statement.Then;
            }
        }

        return policy.Default;
    }
}
