using System.Collections.Immutable;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Speakers;

/// <summary>
/// What a speaker really holds. <see cref="State"/> is compared with what was applied; <see cref="Mismatches"/> are what an own check of its
/// tables found (for the native speaker: Adj-RIB-Out as last written, Loc-RIB against the plain decision for a sample).
/// </summary>
public sealed record SpeakerObservation(SpeakerState State, ImmutableArray<SpeakerMismatch> Mismatches);

/// <summary>A table entry that is not what it should be. <see cref="Peer"/> is null for Loc-RIB.</summary>
public sealed record SpeakerMismatch(SpeakerTable Table, IpPrefix Prefix, PeerKey? Peer, string Desired, string Observed);

/// <summary>Tables of a speaker that it can check.</summary>
public enum SpeakerTable
{
    LocRib,
    AdjRibOut,
}
