using Fairway.Dialects.Schema;
using Fairway.Net;
using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Dialects.Native;

/// <summary>The conditions of a policy statement; none of them holds for every route.</summary>
internal static class MatchFields
{
    public static readonly Field<IpPrefix> Prefix = new("prefix", NetTypes.Prefix) { IsRequired = true };
    public static readonly Field<int> PrefixGe = new("ge", Types.Count(0, 128)) { Note = "shortest length; alone: up to the longest there is" };
    public static readonly Field<int> PrefixLe = new("le", Types.Count(0, 128)) { Note = "longest length; alone: from the prefix's own" };
    public static readonly Field<ValueList<SchemaObject>> Prefixes = new("prefixes", new ListType<SchemaObject>(new ObjectType(Prefix, PrefixGe, PrefixLe))) { Default = [] };

    public static readonly Field<AddressFamily> Family = new("family", NetTypes.Family);
    public static readonly Field<RouteSource> Source = new("source", Types.Word(("bgp", RouteSource.Bgp), ("local", RouteSource.Local)));
    public static readonly Field<PeerType> PeerType = new("peerType", Types.Word(("external", Net.Policies.PeerType.External), ("internal", Net.Policies.PeerType.Internal)));
    public static readonly Field<ValueList<string>> Peers = new("peers", new ListType<string>(NetTypes.ObjectName)) { Default = [] };
    public static readonly Field<ValueList<Community>> Communities = new("communities", new ListType<Community>(NetTypes.Community)) { Default = [] };
    public static readonly Field<ValueList<LargeCommunity>> LargeCommunities = new("largeCommunities", new ListType<LargeCommunity>(NetTypes.LargeCommunity)) { Default = [] };

    public static readonly Field<ValueList<ExtendedCommunity>> ExtendedCommunities = new(
        "extendedCommunities",
        new ListType<ExtendedCommunity>(NetTypes.ExtendedCommunity))
    {
        Default = [],
    };

    public static readonly Field<uint> Ge = new("ge", Types.Number());
    public static readonly Field<uint> Le = new("le", Types.Number());

    public static readonly Field<ValueList<Asn>> AsPathContains = new("contains", new ListType<Asn>(NetTypes.Asn)) { Default = [] };
    public static readonly Field<SchemaObject> AsPathLength = new("length", Range());
    public static readonly Field<SchemaObject> AsPath = new("asPath", new ObjectType(AsPathContains, AsPathLength));
    public static readonly Field<ValueList<Asn>> NeighborAsn = new("neighborAsn", new ListType<Asn>(NetTypes.Asn)) { Default = [] };
    public static readonly Field<ValueList<Asn>> OriginAsn = new("originAsn", new ListType<Asn>(NetTypes.Asn)) { Default = [] };
    public static readonly Field<ValueList<IpPrefix>> NextHop = new("nextHop", new ListType<IpPrefix>(NetTypes.PrefixOrAddress)) { Default = [] };
    public static readonly Field<Origin> RouteOrigin = new("origin", NetTypes.Origin);
    public static readonly Field<SchemaObject> LocalPref = new("localPref", Range());
    public static readonly Field<SchemaObject> Med = new("med", Range());

    public static readonly Field<ValueList<string>> Interface = new("interface", new ListType<string>(NetTypes.Interface))
    {
        NotBuilt = "matching the interface of a route",
    };

    private static readonly Field[] Conditions =
    [
        Prefixes, Family, Source, PeerType, Peers, Communities, LargeCommunities, ExtendedCommunities, AsPath, NeighborAsn, OriginAsn, NextHop, RouteOrigin,
        LocalPref, Med, Interface,
    ];

    public static readonly Field<SchemaObject> Not = new("not", new ObjectType(Conditions)) { Note = "the statement matches only where these conditions do not" };
    public static readonly Field<SchemaObject> Match = new("match", new ObjectType([.. Conditions, Not]));

    private static ObjectType Range() => new(Ge, Le);
}
