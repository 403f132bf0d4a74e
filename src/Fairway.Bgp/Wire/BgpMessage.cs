namespace Fairway.Bgp.Wire;

/// <summary>Message types, <see href="https://www.iana.org/assignments/bgp-parameters#bgp-parameters-1"/>.</summary>
public enum BgpMessageType : byte
{
    /// <summary>RFC 4271 §4.2.</summary>
    Open = 1,

    /// <summary>RFC 4271 §4.3.</summary>
    Update = 2,

    /// <summary>RFC 4271 §4.5.</summary>
    Notification = 3,

    /// <summary>RFC 4271 §4.4.</summary>
    Keepalive = 4,

    /// <summary>RFC 2918 §3.</summary>
    RouteRefresh = 5,
}

/// <summary>A BGP message as a value.</summary>
public abstract record BgpMessage
{
    public abstract BgpMessageType Type { get; }
}

/// <summary>KEEPALIVE (RFC 4271 §4.4): a header and nothing else.</summary>
public sealed record KeepaliveMessage : BgpMessage
{
    public static readonly KeepaliveMessage Instance = new();

    private KeepaliveMessage()
    {
    }

    public override BgpMessageType Type => BgpMessageType.Keepalive;
}
