using System.Collections.Immutable;
using Fairway.Intents.Model;

namespace Fairway.Sources.Files;

/// <summary>What a set of documents wishes for, without those that are wrong, and what is wrong with them.</summary>
public sealed record CompiledSet(ImmutableArray<Intent> Intents, ImmutableArray<SourceProblem> Problems, int Documents);
