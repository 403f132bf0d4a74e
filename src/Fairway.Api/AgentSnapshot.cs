using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Reconciliation.Compilation;
using Fairway.Speakers;

namespace Fairway.Api;

/// <summary>A source as status shows it; <see cref="Since"/> is the time of its last complete snapshot.</summary>
public sealed record SourceState(string Name, string State, DateTimeOffset? Since);

/// <summary>What the agent's loop last published: immutable, read by whoever asks.</summary>
public sealed record AgentSnapshot
{
    public required string Node { get; init; }

    /// <summary>"native" and the like.</summary>
    public required string Speaker { get; init; }

    /// <summary>"linux" or "none".</summary>
    public required string Dataplane { get; init; }

    public ImmutableArray<SourceState> Sources { get; init; } = [];

    /// <summary>This run follows an earlier one that kept its sessions' routes (RFC 4724); it restarts until re-learning is complete.</summary>
    public bool RestartedGracefully { get; init; }

    /// <summary>Every wish for a prefix, also those that lost, by prefix and name.</summary>
    public ImmutableArray<AdvertisementIntent> Wishes { get; init; } = [];

    /// <summary>How many prefixes <see cref="Wishes"/> are about.</summary>
    public int PrefixesDesired { get; init; }

    /// <summary>Policy's verdicts; an intent without one was accepted.</summary>
    public ImmutableDictionary<IntentKey, Verdict> Verdicts { get; init; } = ImmutableDictionary<IntentKey, Verdict>.Empty;

    public CompiledSpeaker Compiled { get; init; } = CompiledSpeaker.Empty;

    /// <summary>What is wrong with documents and what peers lack.</summary>
    public ImmutableArray<SourceProblem> Problems { get; init; } = [];

    /// <summary>Changes that the speaker refused and that are tried again.</summary>
    public ImmutableArray<SpeakerFailure> Failures { get; init; } = [];

    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Policy's verdict, and where that accepted, what became of the intent in the speaker's state.</summary>
    public Verdict VerdictOf(Intent intent) => Verdicts.GetValueOrDefault(intent.Key) is { Kind: not VerdictKind.Accepted } verdict ? verdict : Compiled.VerdictOf(intent);
}
