namespace Fairway.Sources.Files;

/// <summary>How the directory is doing.</summary>
public enum FilesCondition
{
    /// <summary>Not read yet.</summary>
    Starting,

    /// <summary>Not read yet; what an earlier run held stands in.</summary>
    Restored,

    /// <summary>Read completely.</summary>
    Ready,

    /// <summary>There are no documents in it; after some seconds that means that nothing is wanted.</summary>
    EmptyPending,

    /// <summary>There is no such directory; what it held last stays in force.</summary>
    Missing,

    /// <summary>It cannot be read; what it held last stays in force.</summary>
    Unreadable,
}
