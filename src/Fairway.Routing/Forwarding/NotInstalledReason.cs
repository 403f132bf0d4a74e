namespace Fairway.Routing.Forwarding;

/// <summary>Why a route is not in the forwarding table.</summary>
public enum NotInstalledReason
{
    None,

    /// <summary>Design D7: a default route, a connected subnet, the way to a peer.</summary>
    Protected,

    /// <summary>Every path comes from a peer with <c>learned.install: false</c>.</summary>
    LearnedInstallOff,

    NextHopUnreachable,

    /// <summary>Within <c>dataplane.exclude</c>.</summary>
    Excluded,

    /// <summary>The next hop is on this host, as between speakers on loopback addresses: there is nothing to forward to.</summary>
    NextHopIsLocal,

    /// <summary><c>--dataplane none</c>.</summary>
    NoDataplane,

    /// <summary>Decided and on its way.</summary>
    Pending,

    /// <summary>A foreign route stands at our prefix and metric.</summary>
    Conflict,

    /// <summary>The dataplane refused it for another reason.</summary>
    Refused,

    /// <summary>It is not there as it should be, and the drift policy is to report.</summary>
    Drifted,

    /// <summary>Somebody keeps removing or changing it.</summary>
    Contested,

    /// <summary>Nothing is learned for the prefix, or our own route is the best.</summary>
    NotLearned,
}

/// <summary>The words of the outer contract.</summary>
public static class NotInstalledReasons
{
    public static string ToWord(this NotInstalledReason reason) => reason switch
    {
        NotInstalledReason.None => "",
        NotInstalledReason.Protected => "protected",
        NotInstalledReason.LearnedInstallOff => "learned-install-off",
        NotInstalledReason.NextHopUnreachable => "next-hop-unreachable",
        NotInstalledReason.Excluded => "excluded",
        NotInstalledReason.NextHopIsLocal => "next-hop-local",
        NotInstalledReason.NoDataplane => "dataplane-none",
        NotInstalledReason.Pending => "pending",
        NotInstalledReason.Conflict => "conflict",
        NotInstalledReason.Refused => "refused",
        NotInstalledReason.Drifted => "drifted",
        NotInstalledReason.Contested => "contested",
        NotInstalledReason.NotLearned => "not-learned",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
