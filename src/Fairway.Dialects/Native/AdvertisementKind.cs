using Fairway.Dialects.Schema;
using Fairway.Dialects.Yaml;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Routes;

namespace Fairway.Dialects.Native;

/// <summary>Advertisement: prefixes of ours, one wish for each.</summary>
internal static class AdvertisementKind
{
    private static readonly Field<ValueList<IpPrefix>> Prefixes = new("prefixes", new ListType<IpPrefix>(NetTypes.Prefix, minimum: 1)) { IsRequired = true };
    private static readonly Field<ValueList<string>> PeerNames = new("names", new ListType<string>(NetTypes.ObjectName)) { Default = [] };
    private static readonly Field<ValueList<Label>> PeerLabels = new("labels", Types.Labels) { Default = [] };
    private static readonly Field<SchemaObject> Peers = new("peers", new ObjectType(PeerNames, PeerLabels)) { Note = "empty: all peers" };

    private static readonly Field<uint> LocalPref = new("localPref", Types.Number());
    private static readonly Field<uint> Med = new("med", Types.Number());
    private static readonly Field<ValueList<Community>> Communities = new("communities", new ListType<Community>(NetTypes.Community)) { Default = [] };
    private static readonly Field<ValueList<LargeCommunity>> LargeCommunities = new("largeCommunities", new ListType<LargeCommunity>(NetTypes.LargeCommunity)) { Default = [] };

    private static readonly Field<ValueList<ExtendedCommunity>> ExtendedCommunities = new(
        "extendedCommunities",
        new ListType<ExtendedCommunity>(NetTypes.ExtendedCommunity))
    {
        Default = [],
    };

    private static readonly Field<IpAddr> NextHop = new("nextHop", NetTypes.HostAddress);
    private static readonly Field<int> Prepend = new("prepend", Types.Count(0, 255)) { Default = 0 };

    private static readonly Field<SchemaObject> Attributes = new("attributes", new ObjectType(
        LocalPref, Med, Communities, LargeCommunities, ExtendedCommunities, NextHop, Prepend))
    {
        Note = "an absent attribute is not sent; 0 is a value",
    };

    private static readonly Field<bool> Blackhole = new("blackhole", Types.Bool) { Default = false };
    private static readonly Field<ValueList<IpPrefix>> WhenAnyOf = new("whenAnyOf", new ListType<IpPrefix>(NetTypes.Prefix)) { Default = [] };

    public static readonly KindSchema Schema = new("Advertisement", new ObjectType(Prefixes, Peers, Attributes, Blackhole, WhenAnyOf)) { Compile = Compile };

    private static List<Intent> Compile(Resource resource)
    {
        var (spec, reading) = (resource.Spec, resource.Reading);
        var peers = spec.Block(Peers);
        var selector = new PeerSelector(peers.Get(PeerNames), peers.Get(PeerLabels));
        var attributes = ReadAttributes(spec.Block(Attributes));
        var intents = new Dictionary<IpPrefix, Intent>();
        var nodes = ((YamlList)spec.NodeOf(Prefixes)).Items;
        var prefixes = spec.Get(Prefixes);
        for (var i = 0; i < prefixes.Count; i++)
        {
            var (prefix, path) = (prefixes[i], $"{spec.PathOf(Prefixes)}[{i}]");
            Check(prefix, nodes[i], path, spec, reading);
            var intent = ToIntent(resource, prefix, nodes[i], selector, attributes);
            if (!intents.TryAdd(prefix, intent))
            {
                reading.Warning(nodes[i], path, ProblemReason.DuplicateValue, $"{prefix} stands here twice; once is enough");
            }
        }

        return [.. intents.Values];
    }

    private static AdvertisementIntent ToIntent(Resource resource, IpPrefix prefix, YamlValue node, PeerSelector peers, AdvertisedAttributes attributes) => new()
    {
        Key = new IntentKey(resource.Owner, IntentType.Advertisement, $"{resource.Name}/{prefix}"),
        Origin = resource.OriginAt(node),
        Prefix = prefix,
        Peers = peers,
        Attributes = attributes,
        Blackhole = resource.Spec.Get(Blackhole),
        WhenAnyOf = resource.Spec.Get(WhenAnyOf),
    };

    private static AdvertisedAttributes ReadAttributes(SchemaObject block) => new()
    {
        LocalPref = block.Find(LocalPref),
        Med = block.Find(Med),
        Communities = block.Get(Communities),
        LargeCommunities = block.Get(LargeCommunities),
        ExtendedCommunities = block.Get(ExtendedCommunities),
        NextHop = block.Find(NextHop),
        Prepend = block.Get(Prepend),
    };

    private static void Check(IpPrefix prefix, YamlValue node, string path, SchemaObject spec, Reading reading)
    {
        if (prefix.Address.IsMulticast || prefix.Address is { IsIPv6: true, IsLinkLocal: true })
        {
            reading.Error(node, path, ProblemReason.BadPrefix, $"{prefix} is not a unicast prefix that can be advertised");
        }

        if (spec.Block(Attributes).Find(NextHop) is { } nextHop && nextHop.IsIPv6 != prefix.IsIPv6)
        {
            spec.Block(Attributes).Contradiction(reading, NextHop, $"{nextHop} cannot be the next hop of {prefix}");
        }
    }
}
