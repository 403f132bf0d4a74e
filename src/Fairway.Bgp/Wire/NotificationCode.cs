namespace Fairway.Bgp.Wire;

/// <summary>NOTIFICATION error codes, <see href="https://www.iana.org/assignments/bgp-parameters#bgp-parameters-3"/>.</summary>
public enum NotificationCode : byte
{
    /// <summary>RFC 4271 §6.1.</summary>
    MessageHeader = 1,

    /// <summary>RFC 4271 §6.2.</summary>
    Open = 2,

    /// <summary>RFC 4271 §6.3.</summary>
    Update = 3,

    /// <summary>RFC 4271 §6.5.</summary>
    HoldTimerExpired = 4,

    /// <summary>RFC 4271 §6.6.</summary>
    FiniteStateMachine = 5,

    /// <summary>RFC 4271 §6.7.</summary>
    Cease = 6,

    /// <summary>RFC 7313 §5.</summary>
    RouteRefresh = 7,
}

/// <summary>Subcodes of <see cref="NotificationCode.MessageHeader"/> (RFC 4271 §6.1).</summary>
public enum HeaderSubcode : byte
{
    ConnectionNotSynchronized = 1,
    BadMessageLength = 2,
    BadMessageType = 3,
}

/// <summary>Subcodes of <see cref="NotificationCode.Open"/> (RFC 4271 §6.2; 7 from RFC 5492 §5).</summary>
public enum OpenSubcode : byte
{
    Unspecific = 0,
    UnsupportedVersionNumber = 1,
    BadPeerAs = 2,
    BadBgpIdentifier = 3,
    UnsupportedOptionalParameter = 4,
    UnacceptableHoldTime = 6,
    UnsupportedCapability = 7,
}

/// <summary>Subcodes of <see cref="NotificationCode.Update"/> that we send (RFC 4271 §6.3).</summary>
public enum UpdateSubcode : byte
{
    MalformedAttributeList = 1,
    OptionalAttributeError = 9,
    InvalidNetworkField = 10,
}

/// <summary>Subcodes of <see cref="NotificationCode.FiniteStateMachine"/> (RFC 6608 §3).</summary>
public enum FsmSubcode : byte
{
    Unspecified = 0,
    UnexpectedInOpenSent = 1,
    UnexpectedInOpenConfirm = 2,
    UnexpectedInEstablished = 3,
}

/// <summary>Subcodes of <see cref="NotificationCode.Cease"/> (RFC 4486 §4).</summary>
public enum CeaseSubcode : byte
{
    MaximumPrefixesReached = 1,
    AdministrativeShutdown = 2,
    PeerDeconfigured = 3,
    AdministrativeReset = 4,
    ConnectionRejected = 5,
    OtherConfigurationChange = 6,
    ConnectionCollisionResolution = 7,
    OutOfResources = 8,
}
