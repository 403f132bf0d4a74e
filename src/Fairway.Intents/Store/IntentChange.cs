using System.Collections.Immutable;
using Fairway.Intents.Model;

namespace Fairway.Intents.Store;

/// <summary>What replacing an owner's wishes did: the keys that came, went or differ, or why nothing was done.</summary>
public sealed record IntentChange(ImmutableArray<IntentKey> Changed, string? Refusal = null);
