namespace Fairway.Net.Policies;

/// <summary>Which next hop a route is sent with.</summary>
public enum NextHopMode
{
    /// <summary>RFC 4271 §5.1.3: ourselves towards external peers; towards internal peers unchanged, and ourselves for our own routes.</summary>
    Auto,

    /// <summary>Always our address of the session.</summary>
    Self,

    /// <summary>Never changed.</summary>
    Unchanged,

    /// <summary>The given address.</summary>
    Address,
}

/// <summary>A <see cref="NextHopMode"/> with its address, which only <see cref="NextHopMode.Address"/> has.</summary>
public readonly record struct NextHopPolicy(NextHopMode Mode, IpAddr? Address = null);
