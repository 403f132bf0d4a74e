using System.Collections.Immutable;
using Fairway.Intents.Model;

namespace Fairway.Dialects;

/// <summary>One file after compiling. <see cref="Broken"/>: it is not YAML to its end, and nothing of it counts.</summary>
public sealed record CompiledFile(string Path, ImmutableArray<CompiledDocument> Documents, SourceProblem? Broken);
