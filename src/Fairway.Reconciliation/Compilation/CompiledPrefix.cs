using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Reconciliation.Compilation;

/// <summary>What became of one advertisement: the peers for which it counts, and why not if there are none.</summary>
public sealed record CompiledWish(ValueList<PeerKey> Targets, Verdict Verdict);

/// <summary>All wishes for one prefix together. <see cref="Advertised"/> is null where none of them counts.</summary>
public sealed record CompiledPrefix
{
    public AdvertisedPrefix? Advertised { get; init; }

    /// <summary>Who made the wish that comes first.</summary>
    public Owner? Owner { get; init; }

    /// <summary>A wish that counts asks for an unreachable route beside the advertisement.</summary>
    public bool Blackhole { get; init; }

    public ImmutableDictionary<IntentKey, CompiledWish> Wishes { get; init; } = ImmutableDictionary<IntentKey, CompiledWish>.Empty;
}
