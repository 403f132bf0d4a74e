using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>Routes of one family that share their attributes.</summary>
public sealed record AnnouncedRoutes(AddressFamily Family, AttributeSet Attributes, ValueList<IpPrefix> Prefixes);

/// <summary>
/// UPDATE (RFC 4271 §4.3) after RFC 7606: what is here can be taken as it stands. Treat-as-withdraw has already moved its prefixes to
/// <see cref="Withdrawn"/>, and a prefix that is announced is not withdrawn as well (RFC 4271 §4.3).
/// </summary>
public sealed record UpdateMessage : BgpMessage
{
    public override BgpMessageType Type => BgpMessageType.Update;

    /// <summary>At most two: the NLRI field and MP_REACH_NLRI may stand in one message with a next hop each.</summary>
    public ValueList<AnnouncedRoutes> Announced { get; init; }

    public ValueList<IpPrefix> Withdrawn { get; init; }

    /// <summary>Set when the message is the End-of-RIB marker of this family (RFC 4724 §2).</summary>
    public AddressFamily? EndOfRib { get; init; }

    /// <summary>What was wrong; for logs and counters.</summary>
    public ValueList<AttributeProblem> Problems { get; init; }

    /// <summary>The strongest treatment of <see cref="Problems"/> (RFC 7606 §3 h).</summary>
    public UpdateTreatment Treatment => Problems.IsEmpty ? UpdateTreatment.None : Problems.Items.Max(problem => problem.Treatment);
}
