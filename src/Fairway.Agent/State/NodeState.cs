using System.Text.Json.Serialization;

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

    /// <summary>Where our kernel routes were last written; null before the first write.</summary>
    public KernelPlace? Kernel { get; init; }
}

/// <summary>A session that was Established, and the families it had graceful restart for.</summary>
internal sealed record PeerUp(string Address, string? Interface, IReadOnlyList<string> GracefulRestartFamilies);

/// <summary>Table, metric and protocol number of our kernel routes.</summary>
internal sealed record KernelPlace(uint Table, uint Metric, byte Protocol);

/// <summary>A document of the Files source as it was last in force.</summary>
internal sealed record SavedFiles(IReadOnlyList<SavedDocument> Documents);

/// <summary>One document with the file it stood in.</summary>
internal sealed record SavedDocument(string File, int Line, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NodeState))]
[JsonSerializable(typeof(SavedFiles))]
internal sealed partial class StateJson : JsonSerializerContext;
