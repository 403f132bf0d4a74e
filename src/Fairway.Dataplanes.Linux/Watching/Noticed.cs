namespace Fairway.Dataplanes.Linux.Watching;

/// <summary>What kernel messages told since the last look.</summary>
[Flags]
internal enum Noticed
{
    None = 0,

    /// <summary>A link or an address appeared, or a link came up.</summary>
    Links = 1,

    /// <summary>A link went down or changed otherwise, or an address went: routes may have gone with it (IPv4 ones without a message).</summary>
    LinksLost = 2,
    ForeignRoutes = 4,

    /// <summary>Somebody else touched a route of ours.</summary>
    OwnRoutes = 8,

    /// <summary>Messages were lost: anything may have happened.</summary>
    Lost = 16,
}
