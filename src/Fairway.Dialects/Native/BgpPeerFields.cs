using Fairway.Dialects.Schema;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;

namespace Fairway.Dialects.Native;

/// <summary>The fields of a BgpPeer.</summary>
internal static class BgpPeerFields
{
    private static readonly FieldType<ValueList<string>> PolicyNames = new ListType<string>(NetTypes.ObjectName);

    public static readonly Field<IpAddr> Address = new("address", NetTypes.HostAddress) { Note = "or interface, or range" };
    public static readonly Field<string> Interface = new("interface", NetTypes.Interface) { NotBuilt = "an unnumbered peer" };
    public static readonly Field<IpPrefix> AddressRange = new("range", NetTypes.Prefix) { NotBuilt = "a range of peers" };

    public static readonly Field<SchemaObject> Dynamic = new("dynamic", new ObjectType(new Field<uint>("limit", Types.Number())))
    {
        NotBuilt = "a range of peers",
    };

    public static readonly Field<RemoteAs> PeerAs = new("asn", NetTypes.RemoteAs) { IsRequired = true };
    public static readonly Field<int> Port = new("port", Types.Count(1, 65535)) { Default = 179 };
    public static readonly Field<string> Description = new("description", Types.Text(255)) { Default = "" };
    public static readonly Field<IpAddr> SourceAddress = new("sourceAddress", NetTypes.HostAddress);
    public static readonly Field<string> SourceInterface = new("sourceInterface", NetTypes.Interface);
    public static readonly Field<IpAddr> ReachableVia = new("reachableVia", NetTypes.HostAddress) { NotBuilt = "a gateway towards the peer" };
    public static readonly Field<bool> Passive = new("passive", Types.Bool) { Default = false };

    public static readonly Field<AddressFamily> FamilyName = new("name", NetTypes.Family) { IsRequired = true };
    public static readonly Field<ValueList<string>> Import = new("import", PolicyNames) { Default = [], Note = "policies in order; of a family: instead of the peer's" };
    public static readonly Field<ValueList<string>> Export = new("export", PolicyNames) { Default = [], Note = "policies in order; of a family: instead of the peer's" };

    public static readonly Field<SchemaObject> MaxPrefixes = new("maxPrefixes", new ObjectType(
        new Field<uint>("limit", Types.Number(1)),
        new Field<string>("action", Types.Word(("restart", "restart"), ("warn", "warn"), ("shutdown", "shutdown"))),
        new Field<TimeSpan>("restartAfter", Durations.Seconds(0, 65535))))
    {
        NotBuilt = "a limit on prefixes",
    };

    public static readonly Field<SchemaObject> AddPath = new("addPath", new ObjectType(
        new Field<uint>("send", Types.Number(0, 255)) { Default = 0, NotBuilt = "ADD-PATH (RFC 7911)" },
        new Field<bool>("receive", Types.Bool) { Default = false, NotBuilt = "ADD-PATH (RFC 7911)" }));

    public static readonly Field<ValueList<SchemaObject>> Families = new("families", new ListType<SchemaObject>(
        new ObjectType(FamilyName, Import, Export, MaxPrefixes, AddPath) { Shorthand = FamilyName },
        minimum: 1))
    {
        Note = "default: ipv4-unicast and ipv6-unicast",
    };

    public static readonly Field<TimeSpan> Hold = new("hold", Durations.Seconds(0, 65535)) { Default = TimeSpan.FromSeconds(90), Note = "0 (off) or from 3s (RFC 4271 §4.2)" };
    public static readonly Field<TimeSpan> Keepalive = new("keepalive", Durations.Seconds(0, 65535)) { Note = "default: a third of the negotiated hold time" };
    public static readonly Field<TimeSpan> ConnectRetry = new("connectRetry", Durations.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1))) { Default = TimeSpan.FromSeconds(5) };
    public static readonly Field<SchemaObject> Timers = new("timers", new ObjectType(Hold, Keepalive, ConnectRetry));

    public static readonly Field<string> PasswordFile = new("file", Types.Text(4096)) { Note = "an absolute path" };

    public static readonly Field<SchemaObject> PasswordSecret = new("secret", new ObjectType(
        new Field<string>("namespace", NetTypes.ObjectName),
        new Field<string>("name", NetTypes.ObjectName) { IsRequired = true },
        new Field<string>("key", Types.Text(253)) { IsRequired = true }))
    {
        NotBuilt = "a password from a Kubernetes Secret",
    };

    public static readonly Field<SchemaObject> PasswordFrom = new("passwordFrom", new ObjectType(PasswordFile, PasswordSecret));

    public static readonly Field<int> Multihop = new("multihop", Types.Count(1, 255)) { Note = "the TTL of the session" };
    public static readonly Field<int> TtlSecurity = new("ttlSecurity", Types.Count(1, 254)) { NotBuilt = "TTL security (RFC 5082)" };

    public static readonly Field<SchemaObject> LocalAsn = new("localAsn", new ObjectType(
        new Field<Asn>("asn", NetTypes.OwnAsn) { IsRequired = true },
        new Field<bool>("noPrepend", Types.Bool) { Default = false },
        new Field<bool>("replaceAs", Types.Bool) { Default = false }))
    {
        NotBuilt = "a local AS (RFC 7705)",
    };

    public static readonly Field<int> AllowOwnAsn = new("allowOwnAsn", Types.Count(0, 255)) { Default = 0 };
    public static readonly Field<bool> AsOverride = Off("asOverride", "AS override");
    public static readonly Field<bool> RemovePrivateAsns = Off("removePrivateAsns", "removing private AS numbers");
    public static readonly Field<bool> EnforceFirstAsn = new("enforceFirstAsn", Types.Bool) { Default = true };
    public static readonly Field<bool> RouteReflectorClient = Off("routeReflectorClient", "route reflection (RFC 4456)");
    public static readonly Field<RouterId> ClusterId = new("clusterId", NetTypes.RouterId) { NotBuilt = "route reflection (RFC 4456)" };
    public static readonly Field<bool> RouteServerClient = Off("routeServerClient", "a route server (RFC 7947)");

    public static readonly Field<string> Role = new("role", Types.Word(
        ("provider", "provider"), ("rs", "rs"), ("rs-client", "rs-client"), ("customer", "customer"), ("peer", "peer")))
    {
        NotBuilt = "a BGP role (RFC 9234)",
    };

    public static readonly Field<NextHopPolicy> NextHop = new("nextHop", NetTypes.NextHop) { Default = default };
    public static readonly Field<bool> DefaultOriginate = new("defaultOriginate", Types.Bool) { Default = false };

    public static readonly Field<bool> AcceptLearned = new("import", Types.Word(("accept", true), ("reject", false))) { Default = true };
    public static readonly Field<bool> Install = new("install", Types.Bool) { Default = true };

    public static readonly Field<Readvertise> Readvertised = new("readvertise", Types.Word(
        ("none", Readvertise.None), ("ibgp", Readvertise.Ibgp), ("all", Readvertise.All)))
    {
        Default = Readvertise.All,
    };

    public static readonly Field<SchemaObject> Learned = new("learned", new ObjectType(AcceptLearned, Install, Readvertised));
    public static readonly Field<SchemaObject> GracefulRestart = new("gracefulRestart", GracefulRestartFields.Peer);

    public static readonly Field<SchemaObject> Bfd = new("bfd", new ObjectType(
        [Off("enabled", "BFD"), new Field<string>("multihop", Types.Word(("auto", "auto"), ("true", "true"), ("false", "false"))), new Field<bool>("strict", Types.Bool), .. BfdFields.Timers]));

    public static readonly Field<bool> ShutdownEnabled = new("enabled", Types.Bool) { Default = false };
    public static readonly Field<string> ShutdownMessage = new("message", Types.Text(255)) { Default = "", Note = "told to the peer (RFC 9003)" };
    public static readonly Field<SchemaObject> Shutdown = new("shutdown", new ObjectType(ShutdownEnabled, ShutdownMessage));

    public static readonly ObjectType Spec = new(
        Address, Interface, AddressRange, Dynamic, PeerAs, Port, Description, SourceAddress, SourceInterface, ReachableVia, Passive, Families, Timers, PasswordFrom,
        Multihop, TtlSecurity, LocalAsn, AllowOwnAsn, AsOverride, RemovePrivateAsns, EnforceFirstAsn, RouteReflectorClient, ClusterId, RouteServerClient, Role,
        NextHop, DefaultOriginate, Learned, GracefulRestart, AddPath, MaxPrefixes, Import, Export, Bfd, Shutdown);

    private static Field<bool> Off(string name, string feature) => new(name, Types.Bool) { Default = false, NotBuilt = feature };
}
