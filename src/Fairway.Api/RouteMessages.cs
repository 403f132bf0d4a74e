using Fairway.Contracts.V1;
using Fairway.Net.Routes;
using Fairway.Speakers;

namespace Fairway.Api;

/// <summary>Routes and peers as messages.</summary>
internal static class RouteMessages
{
    public static Route ToMessage(RouteRow row, string peerName)
    {
        var attributes = row.Attributes;
        var route = new Route
        {
            Prefix = row.Prefix.ToString(),
            Peer = peerName,
            Best = row.Best,
            Origin = attributes.Origin.ToString().ToLowerInvariant(),
            Stale = row.Stale,
            Reason = row.Reason ?? "",
        };
        if (attributes.NextHop != default)
        {
            route.NextHops.Add(attributes.NextHop.ToString());
        }

        route.AsPath.AddRange(attributes.AsPath.Segments.Items.SelectMany(ToElements));
        route.Communities.AddRange(attributes.Communities.Select(community => community.ToString()));
        route.LargeCommunities.AddRange(attributes.LargeCommunities.Select(community => community.ToString()));
        route.ExtendedCommunities.AddRange(attributes.ExtendedCommunities.Select(community => community.ToString()));
        if (attributes.LocalPref is { } localPref)
        {
            route.LocalPref = localPref;
        }

        if (attributes.Med is { } med)
        {
            route.Med = med;
        }

        return route;
    }

    public static Contracts.V1.PeerStatus ToMessage(Speakers.PeerStatus peer, string owner, DateTimeOffset now)
    {
        var message = new Contracts.V1.PeerStatus
        {
            Name = peer.Name,
            Address = peer.Key.ToString(),
            State = peer.State.ToString(),
            Received = (uint)peer.Received,
            Accepted = (uint)peer.Accepted,
            Advertised = (uint)peer.Advertised,
            Owner = owner,
        };
        message.FamiliesNegotiated.AddRange(peer.FamiliesNegotiated.Select(family => family.ToString()));
        if (peer.Asn.Value != 0)
        {
            message.Asn = peer.Asn.Value;
        }

        if (peer.EstablishedAt is { } since)
        {
            message.UptimeSeconds = (uint)Math.Max(0, (now - since).TotalSeconds);
        }

        if (peer.LastError is { } error)
        {
            message.LastError = error;
        }

        return message;
    }

    public static ExplainGate ToMessage(Gate gate) => new()
    {
        Gate = gate.Name,
        Result = gate.Result.ToString().ToLowerInvariant(),
        Object = gate.Object ?? "",
        Field = gate.Field ?? "",
        Reason = gate.Reason ?? "",
        Fix = gate.Fix ?? "",
    };

    private static IEnumerable<AsPathElement> ToElements(AsPathSegment segment)
    {
        if (segment.Type is AsPathSegmentType.Sequence or AsPathSegmentType.ConfedSequence)
        {
            return segment.Asns.Select(asn => new AsPathElement { Asn = asn.Value });
        }

        var set = new AsSet();
        set.Asns.AddRange(segment.Asns.Select(asn => asn.Value));
        return [new AsPathElement { Set = set }];
    }
}
