namespace Fairway.Dataplanes.Linux.Watching;

/// <summary>What kernel messages told since the last look.</summary>
[Flags]
internal enum Noticed
{
    None = 0,

    /// <summary>A link or an address: IPv4 routes may have gone with it, without a message.</summary>
    Links = 1,
    ForeignRoutes = 2,

    /// <summary>Somebody else touched a route of ours.</summary>
    OwnRoutes = 4,

    /// <summary>Messages were lost: anything may have happened.</summary>
    Lost = 8,
}
