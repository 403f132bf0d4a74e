using Fairway.Dialects.Schema;
using Fairway.Intents.Model;
using Fairway.Intents.Policy;
using Fairway.Net;
using Fairway.Reconciliation.Drift;
using Fairway.Speakers;

namespace Fairway.Agent.Configuration;

/// <summary>The fields of fairway.yaml (design section 8). What is not written takes the default of <see cref="AgentOptions"/>.</summary>
internal static class ConfigFields
{
    private const int LongestPath = 4096;

    public static readonly FieldType<string> Path = Types.Text(LongestPath);

    public static readonly Field<string> Node = new("node", new ScalarType<string>("a name", text =>
        text.Trim().Length is > 0 and <= 253 ? text : Parsed<string>.Fail(ProblemReason.BadName, "the node's name is empty or too long")));

    public static readonly Field<string> FilesPath = new("path", Path);
    public static readonly Field<TimeSpan> FilesSettle = new("settle", Durations.Between(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
    public static readonly Field<SchemaObject> Files = new("files", new ObjectType(FilesPath, FilesSettle));

    private static readonly Field<SchemaObject> Kubernetes = new("kubernetes", new ObjectType(
        new Field<string>("mode", Words("off", "auto")) { Default = "off", NotBuilt = "the Kubernetes source" },
        new Field<string>("kubeconfig", Path) { NotBuilt = "the Kubernetes source" }));

    private static readonly Field<SchemaObject> RouteControl = new("routeControl", new ObjectType(
        new Field<string>("socket", Path),
        new Field<SchemaObject>("tcp", new ObjectType(
            new Field<string>("listen", Path),
            new Field<string>("cert", Path),
            new Field<string>("key", Path),
            new Field<string>("clientCa", Path)))))
    {
        NotBuilt = "the RouteControl API",
    };

    public static readonly Field<SchemaObject> Sources = new("sources", new ObjectType(Files, Kubernetes, RouteControl));

    private static readonly Field<ValueList<string>> Dialects = new("dialects", new ListType<string>(Words("fairway", "milo", "antrea", "calico")))
    {
        Default = ["fairway"],
        NotBuilt = "a dialect other than fairway",
    };

    private static readonly Field<SchemaObject> Speaker = new("speaker", new ObjectType(
        new Field<string>("kind", Words("native", "gobgp", "frr")) { Default = "native", NotBuilt = "a speaker other than native" },
        new Field<string>("frrSockets", Path) { NotBuilt = "the frr speaker" },
        new Field<string>("gobgp", Path) { NotBuilt = "the gobgp speaker" }));

    public static readonly Field<string> DataplaneKind = new("kind", Words("linux", "vpp", "none"));
    public static readonly Field<uint> Table = new("table", Types.Number());
    public static readonly Field<uint> Metric = new("metric", Types.Number());
    public static readonly Field<uint> Protocol = new("protocol", Types.Number(0, 255));
    public static readonly Field<ValueList<IpPrefix>> Exclude = new("exclude", new ListType<IpPrefix>(NetTypes.PrefixOrAddress));
    public static readonly Field<ValueList<IpPrefix>> AllowProtected = new("allowProtected", new ListType<IpPrefix>(NetTypes.PrefixOrAddress));
    public static readonly Field<SchemaObject> Dataplane = new("dataplane", new ObjectType(DataplaneKind, Table, Metric, Protocol, Exclude, AllowProtected));

    public static readonly Field<string> Socket = new("socket", Path);
    public static readonly Field<string> Group = new("group", Types.Text(32));

    private static readonly Field<SchemaObject> Admins = new("admins", new ObjectType(
        new Field<ValueList<uint>>("uids", new ListType<uint>(Types.Number())) { Default = [0], NotBuilt = "a call that changes something, which admins may make," },
        new Field<ValueList<uint>>("gids", new ListType<uint>(Types.Number())) { Default = [], NotBuilt = "a call that changes something, which admins may make," }));

    public static readonly Field<SchemaObject> Api = new("api", new ObjectType(Socket, Group, Admins));

    public static readonly Field<HttpAddress> HttpListen = new("listen", new ScalarType<HttpAddress>("ADDR:PORT or off", text => HttpAddress.TryParse(text, out var address)
        ? address
        : Parsed<HttpAddress>.Fail(ProblemReason.BadAddress, $"'{text}' is not ADDR:PORT, e.g. 127.0.0.1:9179, or off")));

    private static readonly Field<string> HttpPage = new("page", Words("loopback", "on", "off")) { Default = "loopback", NotBuilt = "the status page" };
    public static readonly Field<SchemaObject> Http = new("http", new ObjectType(HttpListen, HttpPage));

    public static readonly Field<string> State = new("state", Path);

    public static readonly Field<StopPolicy> StopPolicy = new("policy", Types.Word(("keep", Speakers.StopPolicy.Keep), ("withdraw", Speakers.StopPolicy.Withdraw)));
    public static readonly Field<TimeSpan> StopTimeout = new("timeout", Durations.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));
    public static readonly Field<SchemaObject> Stop = new("stop", new ObjectType(StopPolicy, StopTimeout));

    private static readonly FieldType<DriftPolicy> DriftWord = Types.Word(("repair", DriftPolicy.Repair), ("report", DriftPolicy.Report));
    public static readonly Field<DriftPolicy> SpeakerDrift = new("speaker", DriftWord);
    public static readonly Field<DriftPolicy> DataplaneDrift = new("dataplane", DriftWord);
    public static readonly Field<TimeSpan> AuditInterval = new("interval", Durations.Between(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)));
    public static readonly Field<SchemaObject> Drift = new("drift", new ObjectType(SpeakerDrift, DataplaneDrift, AuditInterval));

    public static readonly Field<ValueList<Owner>> Precedence = new("precedence", new ListType<Owner>(new ScalarType<Owner>("an owner such as files/fairway", ParseOwner)));

    private static readonly Field<Fairway.Dialects.Yaml.YamlValue> Owners = new("owners", Types.Any) { NotBuilt = "the RouteControl API, whose clients are listed here," };

    public static readonly ObjectType Root = new(Node, Sources, Dialects, Speaker, Dataplane, Api, Http, State, Stop, Drift, Precedence, Owners);

    private static FieldType<string> Words(params string[] words) => Types.Word([.. words.Select(word => (word, word))]);

    private static Parsed<Owner> ParseOwner(string text)
    {
        var known = new PolicyOptions().Precedence.Select(owner => owner.Name);
        return text.Split('/') is ["files" or "kubernetes" or "routecontrol" or "api", { Length: > 0 }]
            ? new Owner(text)
            : Parsed<Owner>.Fail(ProblemReason.UnknownWord, $"'{text}' is not an owner: files, kubernetes, routecontrol or api, a slash and a name", NearestWord.Of(text, known));
    }
}
