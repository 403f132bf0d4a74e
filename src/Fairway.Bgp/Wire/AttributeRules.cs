using Fairway.Net;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Wire;

/// <summary>What makes an attribute malformed and what follows from it, attribute by attribute (RFC 7606 §7, §3 c).</summary>
internal static class AttributeRules
{
    private const PathAttributeFlags Class = PathAttributeFlags.Optional | PathAttributeFlags.Transitive;

    /// <summary>Optional and Transitive bits of a known type, or null.</summary>
    public static PathAttributeFlags? ClassOf(PathAttributeType type) => type switch
    {
        PathAttributeType.Origin or PathAttributeType.AsPath or PathAttributeType.NextHop or PathAttributeType.LocalPref
            or PathAttributeType.AtomicAggregate => PathAttributeFlags.Transitive,
        PathAttributeType.MultiExitDisc or PathAttributeType.OriginatorId or PathAttributeType.ClusterList
            or PathAttributeType.MpReachNlri or PathAttributeType.MpUnreachNlri => PathAttributeFlags.Optional,
        PathAttributeType.Aggregator or PathAttributeType.Communities or PathAttributeType.ExtendedCommunities
            or PathAttributeType.As4Path or PathAttributeType.As4Aggregator or PathAttributeType.LargeCommunities
            or PathAttributeType.PrefixSid => Class,
        _ => null,
    };

    /// <summary>The same for types whose meaning we know too; PREFIX_SID is passed on like an unknown one.</summary>
    public static PathAttributeFlags? KeptClassOf(PathAttributeType type) => type is PathAttributeType.PrefixSid ? null : ClassOf(type);

    /// <summary>The problem of one attribute, or null.</summary>
    public static AttributeProblem? Check(RawAttribute attribute, ReadOnlySpan<byte> value, SessionCodecOptions options)
    {
        var type = attribute.Type;
        if (!options.IsInternal && type is (PathAttributeType.LocalPref or PathAttributeType.OriginatorId or PathAttributeType.ClusterList))
        {
            return Discard(type, "only internal peers may send it"); // RFC 7606 §7.5, §7.9, §7.10
        }

        if (options.FourOctetAs && type is (PathAttributeType.As4Path or PathAttributeType.As4Aggregator))
        {
            return Discard(type, "a four-octet speaker must not send it"); // RFC 6793 §4.1
        }

        // RFC 7606 §3 c names only these two bits: Partial on a well-known attribute does no harm.
        var expected = ClassOf(type);
        if (expected is null)
        {
            // Differs from RFC 4271 §6.3: no session reset for an unknown well-known attribute; its routes go, as RFC 7606 does elsewhere.
            return attribute.Flags.HasFlag(PathAttributeFlags.Optional) ? null : Withdraw(type, "unknown and not optional");
        }

        return (attribute.Flags & Class) == expected ? CheckValue(type, value, options) : Withdraw(type, "wrong flags");
    }

    private static AttributeProblem? CheckValue(PathAttributeType type, ReadOnlySpan<byte> value, SessionCodecOptions options) => type switch
    {
        PathAttributeType.Origin => value is [<= (byte)Origin.Incomplete] ? null : Withdraw(type, "no legal ORIGIN"),
        PathAttributeType.AsPath => CheckAsPath(value, options),
        PathAttributeType.NextHop => CheckNextHop(value, options),
        PathAttributeType.MultiExitDisc or PathAttributeType.LocalPref or PathAttributeType.OriginatorId =>
            value.Length == 4 ? null : Withdraw(type, "length is not 4"),
        PathAttributeType.AtomicAggregate => value.IsEmpty ? null : Discard(type, "length is not 0"),
        PathAttributeType.Aggregator => CheckAggregator(type, value, options.FourOctetAs ? 4 : 2),
        PathAttributeType.As4Aggregator => CheckAggregator(type, value, 4),
        PathAttributeType.As4Path => AsPathCodec.FindProblem(value, 4) is { } reason ? Discard(type, reason) : null, // RFC 6793 §6
        PathAttributeType.Communities or PathAttributeType.ClusterList => CheckMultiple(type, value, 4),
        PathAttributeType.ExtendedCommunities => CheckMultiple(type, value, 8),
        PathAttributeType.LargeCommunities => CheckMultiple(type, value, 12),
        PathAttributeType.PrefixSid => IsPrefixSid(value) ? null : Discard(type, "no legal TLVs"), // RFC 8669 §6
        _ => null,
    };

    private static AttributeProblem? CheckMultiple(PathAttributeType type, ReadOnlySpan<byte> value, int size) =>
        !value.IsEmpty && value.Length % size == 0 ? null : Withdraw(type, $"length is not a multiple of {size}");

    private static AttributeProblem? CheckAsPath(ReadOnlySpan<byte> value, SessionCodecOptions options)
    {
        var asnSize = options.FourOctetAs ? 4 : 2;
        if (AsPathCodec.FindProblem(value, asnSize) is { } reason)
        {
            return Withdraw(PathAttributeType.AsPath, reason);
        }

        // Towards a two-octet session the peer's own AS is AS_TRANS if it needs four (RFC 6793 §4.2.2).
        var required = options.RequiredFirstAsn is { } asn && asnSize == 2 && asn.IsFourOctet ? Asn.Trans : options.RequiredFirstAsn;
        return required is null || AsPathCodec.FirstAsn(value, asnSize) == required
            ? null
            : Withdraw(PathAttributeType.AsPath, "the peer's AS does not stand first"); // RFC 4271 §6.3
    }

    private static AttributeProblem? CheckNextHop(ReadOnlySpan<byte> value, SessionCodecOptions options)
    {
        var reason = value.Length == 4 ? NextHopCodec.FindProblem(IpAddr.FromBytes(value), options) : "length is not 4";
        return reason is null ? null : Withdraw(PathAttributeType.NextHop, reason);
    }

    private static AttributeProblem? CheckAggregator(PathAttributeType type, ReadOnlySpan<byte> value, int asnSize)
    {
        if (value.Length != asnSize + 4)
        {
            return Discard(type, "wrong length"); // RFC 7606 §7.7
        }

        return AsPathCodec.ReadAsn(value, asnSize).Value == 0 ? Discard(type, "AS 0") : null; // RFC 7607 §2
    }

    // We pass the attribute on without knowing it, but never one whose TLVs are broken: such bytes have reset sessions far away.
    private static bool IsPrefixSid(ReadOnlySpan<byte> value)
    {
        var reader = new WireReader(value);
        while (reader.TryReadByte(out var type))
        {
            if (type == 0 || !reader.TryReadBlock16(out var tlv) || !IsPrefixSidTlv(type, tlv))
            {
                return false;
            }
        }

        return !value.IsEmpty;
    }

    // Label-Index is 1, Originator SRGB is 3 (RFC 8669 §3.1, §3.2).
    private static bool IsPrefixSidTlv(byte type, ReadOnlySpan<byte> tlv) => type switch
    {
        1 => tlv.Length == 7,
        3 => tlv.Length >= 8 && tlv.Length % 6 == 2,
        _ => true,
    };

    private static AttributeProblem Withdraw(PathAttributeType type, string reason) => new(type, UpdateTreatment.TreatAsWithdraw, reason);

    private static AttributeProblem Discard(PathAttributeType type, string reason) => new(type, UpdateTreatment.AttributeDiscard, reason);
}
