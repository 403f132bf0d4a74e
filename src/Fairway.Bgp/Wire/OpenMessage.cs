using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>OPEN (RFC 4271 §4.2).</summary>
public sealed record OpenMessage : BgpMessage
{
    public const byte CurrentVersion = 4;

    public override BgpMessageType Type => BgpMessageType.Open;

    public byte Version { get; init; } = CurrentVersion;

    /// <summary>The two-octet field "My Autonomous System"; AS_TRANS when the AS needs four octets (RFC 6793 §9).</summary>
    public ushort MyAs { get; init; }

    /// <summary>Whole seconds, 0 to 65535; 0 means no keepalives.</summary>
    public TimeSpan HoldTime { get; init; }

    public RouterId RouterId { get; init; }

    public ValueList<Capability> Capabilities { get; init; }

    /// <summary>The sender's AS: the four-octet capability's where there is one (RFC 6793 §4.1).</summary>
    public Asn Asn => Capabilities.Items.OfType<FourOctetAsCapability>().FirstOrDefault()?.Asn ?? new Asn(MyAs);

    /// <summary>What the two-octet field holds for an AS.</summary>
    public static ushort MyAsOf(Asn asn) => (ushort)(asn.IsFourOctet ? Asn.Trans : asn).Value;
}
