namespace Fairway.Bgp.Wire;

/// <summary>Path attribute type codes that we know, <see href="https://www.iana.org/assignments/bgp-parameters#bgp-parameters-2"/>.</summary>
public enum PathAttributeType : byte
{
    /// <summary>RFC 4271 §5.1.1.</summary>
    Origin = 1,

    /// <summary>RFC 4271 §5.1.2.</summary>
    AsPath = 2,

    /// <summary>RFC 4271 §5.1.3.</summary>
    NextHop = 3,

    /// <summary>RFC 4271 §5.1.4.</summary>
    MultiExitDisc = 4,

    /// <summary>RFC 4271 §5.1.5.</summary>
    LocalPref = 5,

    /// <summary>RFC 4271 §5.1.6.</summary>
    AtomicAggregate = 6,

    /// <summary>RFC 4271 §5.1.7.</summary>
    Aggregator = 7,

    /// <summary>RFC 1997.</summary>
    Communities = 8,

    /// <summary>RFC 4456 §8.</summary>
    OriginatorId = 9,

    /// <summary>RFC 4456 §8.</summary>
    ClusterList = 10,

    /// <summary>RFC 4760 §3.</summary>
    MpReachNlri = 14,

    /// <summary>RFC 4760 §4.</summary>
    MpUnreachNlri = 15,

    /// <summary>RFC 4360 §2.</summary>
    ExtendedCommunities = 16,

    /// <summary>RFC 6793 §3.</summary>
    As4Path = 17,

    /// <summary>RFC 6793 §3.</summary>
    As4Aggregator = 18,

    /// <summary>RFC 8092 §3.</summary>
    LargeCommunities = 32,

    /// <summary>RFC 8669 §3; only its structure is checked.</summary>
    PrefixSid = 40,
}

/// <summary>The flags octet of a path attribute (RFC 4271 §4.3).</summary>
[Flags]
public enum PathAttributeFlags : byte
{
    None = 0,
    ExtendedLength = 0x10,
    Partial = 0x20,
    Transitive = 0x40,
    Optional = 0x80,
}
