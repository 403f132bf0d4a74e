using Fairway.Dialects.Schema;
using Fairway.Net;

namespace Fairway.Dialects.Native;

/// <summary>Kinds that are known in every field and refused as a whole, with what they need.</summary>
internal static class UnbuiltKinds
{
    public static readonly KindSchema BfdSession = new("BfdSession", new ObjectType(
    [
        new Field<IpAddr>("address", NetTypes.HostAddress) { IsRequired = true },
        new Field<string>("interface", NetTypes.Interface),
        new Field<bool>("multihop", Types.Bool),
        .. BfdFields.Timers,
    ]))
    {
        NotBuilt = "BFD (RFC 5880) is not built yet",
        Compile = _ => [],
    };

    public static readonly KindSchema OspfInterface = new("OspfInterface", new ObjectType(
        new Field<string>("interface", NetTypes.Interface) { IsRequired = true },
        new Field<string>("area", Types.Text(15)),
        new Field<int>("cost", Types.Count(1, 65535)),
        new Field<TimeSpan>("hello", Durations.Seconds(1, 65535)),
        new Field<TimeSpan>("dead", Durations.Seconds(1, 65535)),
        new Field<bool>("passive", Types.Bool),
        new Field<int>("version", Types.Count(2, 3))))
    {
        NotBuilt = "OSPF needs the frr speaker, which is not built yet",
        Compile = _ => [],
    };
}
