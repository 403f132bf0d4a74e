namespace Fairway.Sources.Files;

/// <summary>How the files source looks at its directory (design D3).</summary>
public sealed record FilesSourceOptions
{
    public required string Path { get; init; }

    /// <summary>How long the directory must be quiet before it is applied as one change.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>A directory that never becomes quiet is applied after this all the same.</summary>
    public TimeSpan SettleLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an emptied directory, or a file that looks cut off, must stay so before it is taken at its word.</summary>
    public TimeSpan EmptyGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the directory is looked at without a notification, which also finds changed password files.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);
}
