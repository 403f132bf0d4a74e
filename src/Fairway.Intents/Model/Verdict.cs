namespace Fairway.Intents.Model;

/// <summary>Policy's answer to an intent.</summary>
public enum VerdictKind
{
    Accepted,

    /// <summary>Another owner's or object's wish counts instead; this one returns when that one goes.</summary>
    Suppressed,
    Refused,
}

/// <summary>Why an intent was not accepted.</summary>
public enum VerdictReason
{
    None,

    /// <summary>An owner of higher precedence wishes the same thing otherwise.</summary>
    HigherPrecedence,

    /// <summary>An owner of higher precedence wishes exactly this already.</summary>
    SameWish,

    /// <summary>Another object of the same owner counts (scoped before unscoped, then the smaller name).</summary>
    SameOwner,

    /// <summary>No accepted BgpInstance gives the AS.</summary>
    NoInstance,

    /// <summary>A policy that is named does not exist.</summary>
    UnknownPolicy,

    /// <summary>The selector matches no peer.</summary>
    NoPeerSelected,

    /// <summary>The condition of whenAnyOf does not hold.</summary>
    ConditionNotMet,

    /// <summary>The password cannot be read; the peer stays down.</summary>
    SecretMissing,
}

/// <summary>The verdict on one intent. <see cref="Winner"/> names the intent that counts instead.</summary>
public sealed record Verdict(VerdictKind Kind, VerdictReason Reason = VerdictReason.None, string? Detail = null, IntentKey? Winner = null)
{
    public static readonly Verdict Accepted = new(VerdictKind.Accepted);
}
