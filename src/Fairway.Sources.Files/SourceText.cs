namespace Fairway.Sources.Files;

/// <summary>A text that may hold several documents, with the path that names it in messages.</summary>
public sealed record SourceText(string Path, string Text);
