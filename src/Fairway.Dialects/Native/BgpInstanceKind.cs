using Fairway.Dialects.Schema;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Dialects.Native;

/// <summary>BgpInstance: the one BGP speaker of the node.</summary>
internal static class BgpInstanceKind
{
    private const int BgpPort = 179;

    private static readonly Field<Asn> AsNumber = new("asn", NetTypes.OwnAsn) { IsRequired = true };
    private static readonly Field<RouterId> Identifier = new("routerId", NetTypes.RouterId) { Note = "default: chosen from the node's addresses, then kept" };

    private static readonly Field<IpAddr> ListenAddress = new("address", NetTypes.Address) { Note = "default: every address" };
    private static readonly Field<int> ListenPort = new("port", Types.Count(0, 65535)) { Default = BgpPort, Note = "0: connect only" };

    private static readonly Field<ValueList<SchemaObject>> Listen = new("listen", new ListType<SchemaObject>(new ObjectType(ListenAddress, ListenPort)))
    {
        Default = [],
        Note = "default: every address of both families, port 179",
    };

    private static readonly Field<bool> EbgpRequiresPolicy = new("ebgpRequiresPolicy", Types.Bool)
    {
        Default = true,
        Note = "RFC 8212: an external peer without policies imports and exports nothing",
    };

    private static readonly Field<RouterId> ClusterId = new("clusterId", NetTypes.RouterId) { NotBuilt = "route reflection (RFC 4456)" };

    private static readonly Field<SchemaObject> Confederation = new("confederation", new ObjectType(
        new Field<Asn>("identifier", NetTypes.OwnAsn),
        new Field<ValueList<Asn>>("members", new ListType<Asn>(NetTypes.OwnAsn))))
    {
        NotBuilt = "an AS confederation (RFC 5065)",
    };

    private static readonly Field<SchemaObject> GracefulRestart = new("gracefulRestart", GracefulRestartFields.Instance);
    private static readonly Field<int> Ebgp = new("ebgp", Types.Count(1, 256)) { Default = 1 };
    private static readonly Field<int> Ibgp = new("ibgp", Types.Count(1, 256)) { Default = 1 };
    private static readonly Field<bool> RelaxAsPath = new("relaxAsPath", Types.Bool) { Default = false };
    private static readonly Field<SchemaObject> Multipath = new("multipath", new ObjectType(Ebgp, Ibgp, RelaxAsPath));

    public static readonly KindSchema Schema = new(
        "BgpInstance",
        new ObjectType(AsNumber, Identifier, Listen, EbgpRequiresPolicy, ClusterId, Confederation, GracefulRestart, Multipath))
    {
        Compile = Compile,
    };

    private static IReadOnlyList<Intent> Compile(Resource resource)
    {
        var spec = resource.Spec;
        return
        [
            new BgpInstanceIntent
            {
                Key = resource.Key(IntentType.BgpInstance),
                Origin = resource.Origin,
                Asn = spec.Get(AsNumber),
                RouterId = spec.Find(Identifier),
                Listen = ReadListen(spec, resource.Reading),
                EbgpRequiresPolicy = spec.Get(EbgpRequiresPolicy),
                GracefulRestart = ReadGracefulRestart(spec.Block(GracefulRestart)),
                Multipath = ReadMultipath(spec.Block(Multipath)),
            },
        ];
    }

    private static ValueList<ListenEndpoint> ReadListen(SchemaObject spec, Reading reading)
    {
        var endpoints = new List<ListenEndpoint>();
        foreach (var listen in spec.Get(Listen))
        {
            var endpoint = new ListenEndpoint(listen.Find(ListenAddress), (ushort)listen.Get(ListenPort));
            if (endpoints.Contains(endpoint))
            {
                reading.Error(listen.Node, spec.PathOf(Listen), ProblemReason.DuplicateValue, "this address and port stand here twice");
            }

            endpoints.Add(endpoint);
        }

        return endpoints.ToValueList();
    }

    private static GracefulRestartOptions ReadGracefulRestart(SchemaObject block) => new()
    {
        Mode = block.Get(GracefulRestartFields.Mode),
        RestartTime = block.Find(GracefulRestartFields.RestartTime) ?? new GracefulRestartOptions().RestartTime,
        SelectionDeferral = block.Get(GracefulRestartFields.SelectionDeferral),
    };

    private static MultipathOptions ReadMultipath(SchemaObject block) => new()
    {
        Ebgp = block.Get(Ebgp),
        Ibgp = block.Get(Ibgp),
        RelaxAsPath = block.Get(RelaxAsPath),
    };
}
