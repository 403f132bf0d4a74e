namespace Fairway.Agent;

/// <summary>The name of a node that nobody named.</summary>
internal static class NodeName
{
    public static string Default() => Environment.GetEnvironmentVariable("NODE_NAME") is { Length: > 0 } name ? name : Environment.MachineName;
}
