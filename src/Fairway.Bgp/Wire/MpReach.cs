using System.Buffers.Binary;
using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>MP_REACH_NLRI and MP_UNREACH_NLRI taken apart, in place.</summary>
internal readonly ref struct MpReach
{
    private MpReach(AddressFamily family, ReadOnlySpan<byte> nextHop, ReadOnlySpan<byte> nlri)
    {
        Family = family;
        NextHop = nextHop;
        Nlri = nlri;
    }

    public AddressFamily Family { get; }

    public ReadOnlySpan<byte> NextHop { get; }

    public ReadOnlySpan<byte> Nlri { get; }

    // RFC 4760 §3
    // +-------------+----------+-------------------+----------+--------------+------+
    // |  AFI (16)   | SAFI (8) | Next Hop Len (8)  | Next Hop | Reserved (8) | NLRI |
    // +-------------+----------+-------------------+----------+--------------+------+
    public static bool TryReadReach(ReadOnlySpan<byte> value, out MpReach reach)
    {
        var reader = new WireReader(value);
        var isWhole = reader.TryReadUInt16(out var afi) & reader.TryReadByte(out var safi) & reader.TryReadBlock8(out var nextHop)
            & reader.TryReadByte(out _);
        reach = new(new((Afi)afi, (Safi)safi), nextHop, reader.Rest);
        return isWhole;
    }

    // RFC 4760 §4
    // +-------------+----------+------+
    // |  AFI (16)   | SAFI (8) | NLRI |
    // +-------------+----------+------+
    public static bool TryReadUnreach(ReadOnlySpan<byte> value, out MpReach unreach)
    {
        unreach = value.Length < 3 ? default : new(new((Afi)BinaryPrimitives.ReadUInt16BigEndian(value), (Safi)value[2]), [], value[3..]);
        return value.Length >= 3;
    }
}
