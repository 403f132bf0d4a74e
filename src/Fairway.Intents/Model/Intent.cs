using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;

namespace Fairway.Intents.Model;

/// <summary>One wish in our own terms, with its origin.</summary>
public abstract record Intent
{
    public required IntentKey Key { get; init; }

    public required IntentOrigin Origin { get; init; }

    /// <summary>When the store first took it; kept over edits. Earlier wins between equals.</summary>
    public DateTimeOffset AcceptedAt { get; init; }
}

/// <summary>The BGP instance of the node.</summary>
public sealed record BgpInstanceIntent : Intent
{
    public required Asn Asn { get; init; }

    /// <summary>Null: chosen as design D18 says.</summary>
    public RouterId? RouterId { get; init; }

    public ValueList<ListenEndpoint> Listen { get; init; }

    /// <summary>RFC 8212, for external peers of this owner.</summary>
    public bool EbgpRequiresPolicy { get; init; } = true;

    public GracefulRestartOptions GracefulRestart { get; init; } = new();

    public MultipathOptions Multipath { get; init; } = new();
}

/// <summary>Which AS a peer must show.</summary>
public enum RemoteAsKind
{
    Number,
    External,
    Internal,
}

/// <summary>A number, or any AS that makes the session external or internal; <see cref="Asn"/> counts for the number only.</summary>
public readonly record struct RemoteAs(RemoteAsKind Kind, Asn Asn);

/// <summary>A family of a peer with the names of its policies, of the same owner, in order.</summary>
public sealed record PeerFamilyIntent(AddressFamily Family, ValueList<string> Import, ValueList<string> Export);

/// <summary>A label that selectors match.</summary>
public readonly record struct Label(string Key, string Value);

/// <summary>A file that holds a secret, and the line of the document that names it.</summary>
public sealed record SecretFile(string Path, int Line);

/// <summary>A peer.</summary>
public sealed record PeerIntent : Intent
{
    public ValueList<Label> Labels { get; init; }

    public required RemoteAs RemoteAs { get; init; }

    public ValueList<PeerFamilyIntent> Families { get; init; }

    /// <summary>Also sends it a default route of ours.</summary>
    public bool DefaultOriginate { get; init; }

    /// <summary>The file that holds the password, which the source reads into <see cref="PeerOptions.Password"/>.</summary>
    public SecretFile? PasswordFile { get; init; }

    /// <summary>Everything that needs no other intent. AS, type, families with their policies, and the need for a policy are filled in when intents are compiled for the speaker.</summary>
    public required PeerOptions Options { get; init; }
}

/// <summary>Selects peers: named, or with all of the labels; both empty selects all.</summary>
public sealed record PeerSelector(ValueList<string> Names, ValueList<Label> Labels)
{
    public static readonly PeerSelector All = new([], []);

    public bool IsAll => Names.IsEmpty && Labels.IsEmpty;
}

/// <summary>One prefix of ours to advertise. A document with N prefixes makes N of these.</summary>
public sealed record AdvertisementIntent : Intent
{
    public required IpPrefix Prefix { get; init; }

    public PeerSelector Peers { get; init; } = PeerSelector.All;

    public AdvertisedAttributes Attributes { get; init; } = new();

    /// <summary>Also installs an unreachable route, so that holes in an aggregate do not loop.</summary>
    public bool Blackhole { get; init; }

    /// <summary>Only while one of these is wished or learned; empty: always.</summary>
    public ValueList<IpPrefix> WhenAnyOf { get; init; }
}

/// <summary>A named policy that peers of the same owner may use.</summary>
public sealed record RoutePolicyIntent : Intent
{
    public required RoutePolicy Policy { get; init; }
}
