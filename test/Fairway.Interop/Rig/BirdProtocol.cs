namespace Fairway.Interop.Rig;

/// <summary>One line of BIRD's protocol list, e.g. ("fairway", "up", "Established"), and everything below it.</summary>
internal sealed record BirdProtocol(string Name, string State, string Info, string Details);
