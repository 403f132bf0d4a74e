namespace Fairway.Net.Options;

/// <summary>Session states of RFC 4271 §8.2.2, ordered by progress.</summary>
public enum BgpState
{
    Idle,
    Connect,
    Active,
    OpenSent,
    OpenConfirm,
    Established,
}
