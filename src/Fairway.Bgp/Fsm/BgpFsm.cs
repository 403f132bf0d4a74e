using System.Collections.Immutable;

namespace Fairway.Bgp.Fsm;

/// <summary>What a step gave.</summary>
public readonly record struct Transition(BgpSession Next, ImmutableArray<BgpAction> Actions);

/// <summary>The finite state machine of one connection (RFC 4271 §8.2.2), one file per state.</summary>
public static partial class BgpFsm
{
    public static Transition Step(BgpSession session, BgpEvent input) => throw new NotImplementedException();
}
