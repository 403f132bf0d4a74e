using Fairway.Dialects.Schema;
using Fields = Fairway.Agent.Configuration.ConfigFields;

namespace Fairway.Agent.Configuration;

/// <summary>From well-formed fields to options; a field that is not written keeps the default of the options.</summary>
internal static class ConfigReader
{
    public static AgentOptions ToOptions(SchemaObject root)
    {
        var defaults = new AgentOptions { Node = NodeName.Default() };
        var files = root.Block(Fields.Sources).Block(Fields.Files);
        var http = root.Block(Fields.Http);
        var stop = root.Block(Fields.Stop);
        var drift = root.Block(Fields.Drift);
        return defaults with
        {
            Node = root.FindText(Fields.Node) ?? defaults.Node,
            FilesPath = files.FindText(Fields.FilesPath),
            FilesSettle = files.Find(Fields.FilesSettle) ?? defaults.FilesSettle,
            Dataplane = ReadDataplane(root.Block(Fields.Dataplane), defaults.Dataplane),
            Api = ReadApi(root.Block(Fields.Api), defaults.Api),
            Http = http.Find(Fields.HttpListen) is { } listen ? listen.EndPoint : defaults.Http,
            State = root.FindText(Fields.State) ?? defaults.State,
            Stop = stop.Find(Fields.StopPolicy) ?? defaults.Stop,
            StopTimeout = stop.Find(Fields.StopTimeout) ?? defaults.StopTimeout,
            SpeakerDrift = drift.Find(Fields.SpeakerDrift) ?? defaults.SpeakerDrift,
            DataplaneDrift = drift.Find(Fields.DataplaneDrift) ?? defaults.DataplaneDrift,
            AuditInterval = drift.Find(Fields.AuditInterval) ?? defaults.AuditInterval,
            Precedence = root.Find(Fields.Precedence) ?? defaults.Precedence,
        };
    }

    private static DataplaneOptions ReadDataplane(SchemaObject block, DataplaneOptions defaults) => new()
    {
        Kind = block.FindText(Fields.DataplaneKind) is "none" ? DataplaneKind.None : DataplaneKind.Linux,
        Table = block.Find(Fields.Table) ?? defaults.Table,
        Metric = block.Find(Fields.Metric) ?? defaults.Metric,
        Protocol = (byte)(block.Find(Fields.Protocol) ?? defaults.Protocol),
        Exclude = block.Find(Fields.Exclude) ?? defaults.Exclude,
        AllowProtected = block.Find(Fields.AllowProtected) ?? defaults.AllowProtected,
    };

    private static ApiOptions ReadApi(SchemaObject block, ApiOptions defaults) => new()
    {
        Socket = block.FindText(Fields.Socket) ?? defaults.Socket,
        Group = block.FindText(Fields.Group) ?? defaults.Group,
    };
}
