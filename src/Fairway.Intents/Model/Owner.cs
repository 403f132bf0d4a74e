namespace Fairway.Intents.Model;

/// <summary>Who wishes: "source/dialect-or-client", e.g. "files/fairway" (design section 3).</summary>
public readonly record struct Owner(string Name)
{
    public static readonly Owner FilesFairway = new("files/fairway");

    public override string ToString() => Name;
}

/// <summary>Which object a wish came from, for every message about it. <see cref="Line"/> counts from 1.</summary>
public sealed record IntentOrigin(string Kind, string Name, string? File = null, int? Line = null)
{
    /// <summary>"BgpPeer/tor1".</summary>
    public override string ToString() => $"{Kind}/{Name}";
}

/// <summary>Kinds of intents.</summary>
public enum IntentType
{
    BgpInstance,
    Peer,
    Advertisement,
    RoutePolicy,
}

/// <summary>Names one intent for good: <see cref="Id"/> is unique within owner and type and stable over edits of the object (e.g. "tor1", "vips/192.0.2.1/32").</summary>
public readonly record struct IntentKey(Owner Owner, IntentType Type, string Id)
{
    public override string ToString() => $"{Owner} {Type} {Id}";
}
