using System.Collections.Immutable;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Speakers;

/// <summary>What a change does to sessions, from harmless to worst.</summary>
public enum ChangeImpact
{
    /// <summary>No session notices.</summary>
    None,

    /// <summary>Routes are asked for or sent again.</summary>
    Refresh,

    /// <summary>Routes are decided again under a new policy; only those whose outcome differs are sent.</summary>
    Soft,

    /// <summary>A session goes down and comes back.</summary>
    Reset,
}

/// <summary>One step of a plan. Exactly one of before and after may be null: null before adds, null after removes.</summary>
public abstract record SpeakerChange(ChangeImpact Impact)
{
    /// <summary>The instance appears, changes or goes.</summary>
    public sealed record Instance(BgpInstanceOptions? Before, BgpInstanceOptions? After, ChangeImpact Impact) : SpeakerChange(Impact);

    /// <summary>A peer appears, changes or goes.</summary>
    public sealed record Peer(PeerKey Key, PeerOptions? Before, PeerOptions? After, ChangeImpact Impact) : SpeakerChange(Impact);

    /// <summary>A prefix of ours appears, changes or goes.</summary>
    public sealed record Advertisement(IpPrefix Prefix, AdvertisedPrefix? Before, AdvertisedPrefix? After) : SpeakerChange(ChangeImpact.None);
}

/// <summary>Ordered steps: instance, then advertisements (so that a new session's first updates are complete), then peers; on the way down the reverse.</summary>
public sealed record SpeakerPlan(ImmutableArray<SpeakerChange> Changes)
{
    public static readonly SpeakerPlan Empty = new([]);

    public bool IsEmpty => Changes.IsEmpty;
}

/// <summary>A step that was not carried out; it stays desired and is tried again.</summary>
public sealed record SpeakerFailure(SpeakerChange Change, string Reason);

/// <summary>What is in place after a plan, also after a partial failure.</summary>
public sealed record SpeakerReport(SpeakerState Applied, ImmutableArray<SpeakerFailure> Failures);
