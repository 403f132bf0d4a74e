using System.Text.Json.Serialization;
using Fairway.Sources.Files;

namespace Fairway.Agent.State;

/// <summary>What the agent must know of its own past (design D8, D16).</summary>
internal sealed record NodeState
{
    public string? RouterId { get; init; }

    /// <summary>Kernel routes survive only in the same boot and network namespace.</summary>
    public string? BootId { get; init; }

    public string? NetworkNamespace { get; init; }

    /// <summary>When the sessions below were last seen up.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    public IReadOnlyList<PeerUp> PeersUp { get; init; } = [];

    /// <summary>How long the peers were told to keep our routes (RFC 4724 §3).</summary>
    public int RestartTimeSeconds { get; init; }

    /// <summary>Where our kernel routes were last written; null before the first write.</summary>
    public KernelPlace? Kernel { get; init; }
}

/// <summary>A session that was Established, and the families it had graceful restart for.</summary>
internal sealed record PeerUp(string Address, string? Interface, IReadOnlyList<string> GracefulRestartFamilies);

/// <summary>Table, metric and protocol number of our kernel routes.</summary>
internal sealed record KernelPlace(uint Table, uint Metric, byte Protocol);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NodeState))]
[JsonSerializable(typeof(FilesState))]
internal sealed partial class StateJson : JsonSerializerContext;
