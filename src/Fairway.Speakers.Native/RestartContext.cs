using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Speakers.Native;

/// <summary>
/// What the host knows of the time before this start (design D8). With <see cref="Restarting"/> the OPENs carry the R bit, and selection waits
/// for End-of-RIB from <see cref="Peers"/>: those that were Established with graceful restart.
/// </summary>
public sealed record RestartContext
{
    /// <summary>A first start, or one too long after the last.</summary>
    public static readonly RestartContext None = new();

    public bool Restarting { get; init; }

    /// <summary>Families whose forwarding survived: the F bit (RFC 4724 §3).</summary>
    public ValueList<AddressFamily> ForwardingPreserved { get; init; }

    public ValueList<RestartPeer> Peers { get; init; }
}

/// <summary>A peer whose End-of-RIB is waited for, with its families under graceful restart.</summary>
public sealed record RestartPeer(PeerKey Key, ValueList<AddressFamily> Families);
