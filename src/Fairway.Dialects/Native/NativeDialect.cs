using Fairway.Dialects.Schema;

namespace Fairway.Dialects.Native;

/// <summary>The kinds of fairway.dev/v1alpha1.</summary>
internal static class NativeDialect
{
    public const string Group = "fairway.dev";
    public const string ApiVersion = "fairway.dev/v1alpha1";

    private static readonly Dictionary<string, KindSchema> ByKind = ((KindSchema[])
    [
        BgpInstanceKind.Schema, BgpPeerKind.Schema, AdvertisementKind.Schema, RoutePolicyKind.Schema, UnbuiltKinds.BfdSession, UnbuiltKinds.OspfInterface,
    ]).ToDictionary(schema => schema.Kind, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Kinds => ByKind.Keys;

    public static KindSchema? Find(string kind) => ByKind.GetValueOrDefault(kind);
}
