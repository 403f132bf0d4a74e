using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>Capability codes, <see href="https://www.iana.org/assignments/capability-codes"/>.</summary>
public enum CapabilityCode : byte
{
    /// <summary>RFC 4760 §8.</summary>
    Multiprotocol = 1,

    /// <summary>RFC 2918 §2.</summary>
    RouteRefresh = 2,

    /// <summary>RFC 4724 §3.</summary>
    GracefulRestart = 64,

    /// <summary>RFC 6793 §3.</summary>
    FourOctetAs = 65,
}

/// <summary>One capability of an OPEN (RFC 5492 §4).</summary>
public abstract record Capability(CapabilityCode Code);

/// <summary>The speaker takes routes of this family (RFC 4760 §8).</summary>
public sealed record MultiprotocolCapability(AddressFamily Family) : Capability(CapabilityCode.Multiprotocol);

/// <summary>The speaker answers ROUTE-REFRESH (RFC 2918 §2).</summary>
public sealed record RouteRefreshCapability() : Capability(CapabilityCode.RouteRefresh);

/// <summary>The speaker's AS number in full (RFC 6793 §3).</summary>
public sealed record FourOctetAsCapability(Asn Asn) : Capability(CapabilityCode.FourOctetAs);

/// <summary>Graceful restart (RFC 4724 §3). No families: the speaker only keeps the routes of others.</summary>
/// <param name="IsRestarting">The R bit: the speaker has just restarted and waits for End-of-RIB.</param>
/// <param name="RestartTime">Whole seconds, 0 to 4095.</param>
/// <param name="Families">Those whose routes shall be kept over a restart.</param>
public sealed record GracefulRestartCapability(bool IsRestarting, TimeSpan RestartTime, ValueList<GracefulRestartFamily> Families)
    : Capability(CapabilityCode.GracefulRestart);

/// <summary>A family of <see cref="GracefulRestartCapability"/>.</summary>
/// <param name="Family">The family.</param>
/// <param name="IsForwardingPreserved">The F bit: forwarding survived the restart.</param>
public readonly record struct GracefulRestartFamily(AddressFamily Family, bool IsForwardingPreserved);

/// <summary>Any other capability, and any whose content does not fit its code: ignored (RFC 5492 §3).</summary>
public sealed record UnknownCapability(CapabilityCode Code, ValueList<byte> Data) : Capability(Code);
