using System.Collections.Immutable;
using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>
/// Decodes one UPDATE. RFC 7606 orders the work: first everything that says which routes are meant, since that must be certain
/// (else the session is reset), then the attributes, whose faults cost at most those routes.
/// </summary>
internal ref partial struct UpdateDecoder(SessionCodecOptions options)
{
    private readonly SessionCodecOptions _options = options;
    private readonly ImmutableArray<IpPrefix>.Builder _withdrawn = ImmutableArray.CreateBuilder<IpPrefix>();
    private readonly ImmutableArray<IpPrefix>.Builder _announced = ImmutableArray.CreateBuilder<IpPrefix>();
    private readonly ImmutableArray<IpPrefix>.Builder _mpAnnounced = ImmutableArray.CreateBuilder<IpPrefix>();
    private readonly List<AttributeProblem> _problems = [];
    private AttributeTable _table;
    private MpReach _reach;
    private ReadOnlySpan<byte> _withdrawnField;
    private ReadOnlySpan<byte> _nlriField;
    private DecodeError? _error;

    // RFC 4271 §4.3
    // +----------------------+------------------+---------------------+-----------------+------+
    // | Withdrawn Length (16)| Withdrawn Routes | Attributes Len. (16)| Path Attributes | NLRI |
    // +----------------------+------------------+---------------------+-----------------+------+
    public Decoded<UpdateMessage> Decode(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        if (!reader.TryReadBlock16(out _withdrawnField) || !reader.TryReadBlock16(out var attributes))
        {
            return Reset(UpdateSubcode.MalformedAttributeList, "Withdrawn routes or attributes overrun the message.");
        }

        _nlriField = reader.Rest;
        _table = new AttributeTable(attributes);
        if (FindEndOfRib() is { } family)
        {
            return new UpdateMessage { EndOfRib = family };
        }

        return ReadRoutes() && ReadMpReach() && ReadMpUnreach() && CheckAttributes() ? Build() : _error!;
    }

    /// <summary>RFC 4724 §2: an empty UPDATE for IPv4 unicast, else MP_UNREACH_NLRI with a family and nothing more.</summary>
    private readonly AddressFamily? FindEndOfRib()
    {
        if (!_withdrawnField.IsEmpty || !_nlriField.IsEmpty || _table.IsOverrun || _table.Duplicates is not null)
        {
            return null;
        }

        if (_table.Count == 0)
        {
            return AddressFamily.Ipv4Unicast;
        }

        var isMarker = _table.Count == 1 && _table[0] is { Type: PathAttributeType.MpUnreachNlri, Length: 3 };
        return isMarker && MpReach.TryReadUnreach(_table.ValueOf(_table[0]), out var unreach) ? unreach.Family : null;
    }

    private bool ReadRoutes()
    {
        // RFC 7606 §5.3: prefixes that cannot be told apart leave nothing certain.
        if (!PrefixCodec.TryReadAll(_withdrawnField, false, _withdrawn) || !PrefixCodec.TryReadAll(_nlriField, false, _announced))
        {
            _error = Reset(UpdateSubcode.InvalidNetworkField, "An IPv4 prefix is longer than 32 bits or overruns its field.");
            return false;
        }

        if (_announced.Count + _withdrawn.Count > 0 && !IsNegotiated(AddressFamily.Ipv4Unicast, null))
        {
            _announced.Clear();
            _withdrawn.Clear();
        }

        return true;
    }

    private bool ReadMpReach()
    {
        if (!_table.TryFind(PathAttributeType.MpReachNlri, out var attribute))
        {
            return true;
        }

        // RFC 7606 §7.11
        if (!MpReach.TryReadReach(_table.ValueOf(attribute), out _reach))
        {
            _error = Reset(UpdateSubcode.MalformedAttributeList, "MP_REACH_NLRI is too short for its next hop.");
        }
        else if (IsNegotiated(_reach.Family, attribute.Type))
        {
            _error = !NextHopCodec.IsLegalLength(_reach.NextHop.Length, _reach.Family)
                ? Reset(UpdateSubcode.MalformedAttributeList, $"A next hop of {_reach.NextHop.Length} octets does not fit {_reach.Family}.")
                : ReadMpPrefixes(attribute, _reach, _mpAnnounced);
        }

        return _error is null;
    }

    private bool ReadMpUnreach()
    {
        if (!_table.TryFind(PathAttributeType.MpUnreachNlri, out var attribute))
        {
            return true;
        }

        if (!MpReach.TryReadUnreach(_table.ValueOf(attribute), out var unreach))
        {
            _error = Reset(UpdateSubcode.OptionalAttributeError, "MP_UNREACH_NLRI has no family.", _table.WholeOf(attribute));
        }
        else if (IsNegotiated(unreach.Family, attribute.Type))
        {
            _error = ReadMpPrefixes(attribute, unreach, _withdrawn);
        }

        return _error is null;
    }

    private readonly DecodeError? ReadMpPrefixes(RawAttribute attribute, MpReach routes, ImmutableArray<IpPrefix>.Builder prefixes) =>
        PrefixCodec.TryReadAll(routes.Nlri, routes.Family.IsIPv6, prefixes)
            ? null
            : Reset(UpdateSubcode.OptionalAttributeError, $"A prefix of {routes.Family} is too long or overruns.", _table.WholeOf(attribute));

    private readonly bool IsNegotiated(AddressFamily family, PathAttributeType? attribute)
    {
        if (_options.Families.Items.Contains(family) && (family == AddressFamily.Ipv4Unicast || family == AddressFamily.Ipv6Unicast))
        {
            return true;
        }

        _problems.Add(new(attribute, UpdateTreatment.AttributeDiscard, $"{family} was not negotiated"));
        return false;
    }

    private readonly UpdateMessage Build()
    {
        if (WorstTreatment() is UpdateTreatment.TreatAsWithdraw)
        {
            _withdrawn.AddRange(_announced);
            _withdrawn.AddRange(_mpAnnounced);
            return new UpdateMessage { Withdrawn = new(_withdrawn.DrainToImmutable()), Problems = _problems.ToValueList() };
        }

        var announced = new List<AnnouncedRoutes>(1);
        if (_announced.Count > 0 && _table.TryFind(PathAttributeType.NextHop, out var nextHop))
        {
            announced.Add(Announce(AddressFamily.Ipv4Unicast, _table.ValueOf(nextHop), _announced));
        }

        if (_mpAnnounced.Count > 0)
        {
            announced.Add(Announce(_reach.Family, NextHopCodec.WithoutBadLinkLocal(_reach.NextHop), _mpAnnounced));
        }

        return new UpdateMessage
        {
            Announced = announced.ToValueList(),
            Withdrawn = new(WithdrawnBut(announced)),
            Problems = _problems.ToValueList(),
        };
    }

    private readonly AnnouncedRoutes Announce(AddressFamily family, ReadOnlySpan<byte> nextHop, ImmutableArray<IpPrefix>.Builder prefixes) =>
        new(family, CanonicalAttributes.Build(_table, nextHop, _options), new(prefixes.DrainToImmutable()));

    /// <summary>RFC 4271 §4.3: what is announced in the same message is not withdrawn.</summary>
    private readonly ImmutableArray<IpPrefix> WithdrawnBut(List<AnnouncedRoutes> announced)
    {
        if (_withdrawn.Count > 0 && announced.Count > 0)
        {
            var stays = announced.SelectMany(routes => routes.Prefixes).ToHashSet();
            _withdrawn.RemoveAll(stays.Contains);
        }

        return _withdrawn.DrainToImmutable();
    }

    private static DecodeError Reset(UpdateSubcode subcode, string reason, ReadOnlySpan<byte> data = default) =>
        new(NotificationMessage.Update(subcode, data), reason);
}
