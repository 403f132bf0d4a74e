using Fairway.Net;

namespace Fairway.Reconciliation.Compilation;

/// <summary>What the node adds to the wishes. <see cref="RouterId"/> is used where the instance names none (design D18).</summary>
public sealed record NodeFacts(string NodeName, RouterId RouterId);
