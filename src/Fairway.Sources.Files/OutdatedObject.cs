using Fairway.Dialects;
using Fairway.Intents.Model;

namespace Fairway.Sources.Files;

/// <summary>An object whose last good version is in force, because what stands in the files since then cannot be used.</summary>
public sealed record OutdatedObject(ObjectId Object, DateTimeOffset Since, SourceProblem Error);
