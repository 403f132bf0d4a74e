using Fairway.Net.Routes;

namespace Fairway.Net.Policies;

/// <summary>An ordered list of statements for the import or export of routes. The first statement that matches and does not say next decides.</summary>
public sealed record RoutePolicy(string Name)
{
    public ValueList<PolicyStatement> Statements { get; init; }

    /// <summary>What a route gets that no statement decided. <see cref="PolicyVerdict.Next"/>: the next policy of the list, whose end rejects.</summary>
    public PolicyVerdict Default { get; init; } = PolicyVerdict.Next;
}

/// <summary>What a statement or a whole policy says of a route.</summary>
public enum PolicyVerdict
{
    /// <summary>Go on to the next statement, then to the next policy.</summary>
    Next,
    Accept,
    Reject,
}

/// <summary>Routes that match are changed by <see cref="Set"/> and then get <see cref="Then"/>.</summary>
public sealed record PolicyStatement
{
    public PolicyMatch Match { get; init; } = new();

    public PolicySet Set { get; init; } = new();

    public PolicyVerdict Then { get; init; } = PolicyVerdict.Next;
}

/// <summary>Lengths <see cref="MinLength"/> to <see cref="MaxLength"/> inside <see cref="Prefix"/>.</summary>
public readonly record struct PrefixRange(IpPrefix Prefix, byte MinLength, byte MaxLength)
{
    public bool Matches(IpPrefix other) => other.Length >= MinLength && other.Length <= MaxLength && Prefix.Contains(other);
}

/// <summary>Inclusive bounds; a missing one is open.</summary>
public readonly record struct NumberRange(uint? Min, uint? Max)
{
    public bool Matches(uint value) => value >= (Min ?? 0) && value <= (Max ?? uint.MaxValue);
}

/// <summary>Where a route comes from.</summary>
public enum RouteSource
{
    Bgp,
    Local,
}

/// <summary>The session type a route was learned over, or is to be sent over.</summary>
public enum PeerType
{
    External,
    Internal,
}

/// <summary>All fields that are given must hold; a list holds if one of its members does, except <see cref="AsPathContains"/> and the community lists, all of whose members must be on the route.</summary>
public sealed record PolicyMatch
{
    public ValueList<PrefixRange> Prefixes { get; init; }

    public AddressFamily? Family { get; init; }

    public RouteSource? Source { get; init; }

    /// <summary>The type of the peer at hand: the sender on import, the receiver on export.</summary>
    public PeerType? PeerType { get; init; }

    /// <summary>Names of peers, with the same meaning as <see cref="PeerType"/>.</summary>
    public ValueList<string> Peers { get; init; }

    public ValueList<Community> Communities { get; init; }

    public ValueList<LargeCommunity> LargeCommunities { get; init; }

    public ValueList<ExtendedCommunity> ExtendedCommunities { get; init; }

    public ValueList<Asn> AsPathContains { get; init; }

    public NumberRange? AsPathLength { get; init; }

    public ValueList<Asn> NeighborAsns { get; init; }

    public ValueList<Asn> OriginAsns { get; init; }

    public ValueList<IpPrefix> NextHops { get; init; }

    public Origin? Origin { get; init; }

    /// <summary>An absent LOCAL_PREF counts as 100.</summary>
    public NumberRange? LocalPref { get; init; }

    /// <summary>An absent MED counts as 0.</summary>
    public NumberRange? Med { get; init; }

    /// <summary>The statement matches only where this does not.</summary>
    public PolicyMatch? Not { get; init; }
}

/// <summary>Changes to a list of communities: first replace (when given), then remove, then add.</summary>
public readonly record struct CommunityChange<T>(ValueList<T> Add, ValueList<T> Remove, ValueList<T>? Replace);

/// <summary>Prepends an AS, our own when <see cref="Asn"/> is null.</summary>
public readonly record struct PrependChange(Asn? Asn, int Times);

/// <summary>Changes to a route's attributes; null leaves one as it is.</summary>
public sealed record PolicySet
{
    public uint? LocalPref { get; init; }

    public uint? Med { get; init; }

    public Origin? Origin { get; init; }

    /// <summary>Local to this speaker, compared before LOCAL_PREF, higher wins; import only.</summary>
    public uint? Weight { get; init; }

    public CommunityChange<Community> Communities { get; init; }

    public CommunityChange<LargeCommunity> LargeCommunities { get; init; }

    public CommunityChange<ExtendedCommunity> ExtendedCommunities { get; init; }

    public PrependChange? Prepend { get; init; }

    public NextHopPolicy? NextHop { get; init; }
}
