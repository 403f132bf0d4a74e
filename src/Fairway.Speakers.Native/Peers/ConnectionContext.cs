using Fairway.Bgp.Wire;
using Fairway.Speakers.Native.Rib;

namespace Fairway.Speakers.Native.Peers;

/// <summary>What a connection shares with its peer.</summary>
/// <param name="Link">The way to the RIBs.</param>
/// <param name="Counters">The peer's counters.</param>
/// <param name="PostAsync">Hands input to the peer's loop.</param>
/// <param name="ReportProblems">Told of UPDATEs that were not as they should be (RFC 7606).</param>
/// <param name="Time">The clock.</param>
internal sealed record ConnectionContext(
    RibLink Link, PeerCounters Counters, Func<PeerInput, ValueTask> PostAsync, Action<UpdateMessage> ReportProblems, TimeProvider Time);
