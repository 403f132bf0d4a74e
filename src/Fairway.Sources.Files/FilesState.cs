namespace Fairway.Sources.Files;

/// <summary>What the files source must know after a restart: every document in force, in its last good version, and the secrets they name.</summary>
public sealed record FilesState(IReadOnlyList<SavedDocument> Documents, IReadOnlyList<SavedSecret> Secrets);

/// <summary>A document with the place it was read from and the time since when its object is wished for.</summary>
public sealed record SavedDocument(string File, int Line, string Text, DateTimeOffset AcceptedAt);

/// <summary>The value of a password file. It goes into the state file and nowhere else.</summary>
public sealed record SavedSecret(string Path, string Value)
{
    public override string ToString() => Path;
}
