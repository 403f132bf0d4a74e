namespace Fairway.Agent;

/// <summary>Reads fairway.yaml.</summary>
public static class AgentConfigFile
{
    /// <summary>The options of the file, or the defaults when there is none.</summary>
    public static AgentOptions Load(string? path) => path is null
        ? new AgentOptions { Node = Environment.GetEnvironmentVariable("NODE_NAME") is { Length: > 0 } name ? name : Environment.MachineName }
        : throw new AgentException("--config is not built yet");
}
