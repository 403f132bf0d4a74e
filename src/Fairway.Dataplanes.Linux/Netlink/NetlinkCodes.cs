namespace Fairway.Dataplanes.Linux.Netlink;

/// <summary>nlmsg_type, linux/netlink.h and linux/rtnetlink.h.</summary>
internal enum NetlinkType : ushort
{
    Noop = 1,
    Error = 2,
    Done = 3,
    NewLink = 16,
    DeleteLink = 17,
    GetLink = 18,
    NewAddress = 20,
    DeleteAddress = 21,
    GetAddress = 22,
    NewRoute = 24,
    DeleteRoute = 25,
    GetRoute = 26,
}

/// <summary>nlmsg_flags, linux/netlink.h. The upper octet means one thing in a GET, another in a NEW and a third in an error (there: <see cref="NetlinkError"/>).</summary>
[Flags]
internal enum NetlinkFlags : ushort
{
    None = 0,
    Request = 0x1,
    Multi = 0x2,
    Ack = 0x4,

    /// <summary>The table changed while it was dumped.</summary>
    DumpInterrupted = 0x10,

    /// <summary>GET: the whole table.</summary>
    Dump = 0x300,

    /// <summary>NEW: takes the place of what is there.</summary>
    Replace = 0x100,

    /// <summary>NEW: only where nothing is there.</summary>
    Exclusive = 0x200,

    /// <summary>NEW: made where nothing is there.</summary>
    Create = 0x400,
}

/// <summary>rta_type of a route, linux/rtnetlink.h.</summary>
internal enum RouteAttribute : ushort
{
    Destination = 1,
    OutputInterface = 4,
    Gateway = 5,
    Priority = 6,
    Multipath = 9,
    Table = 15,

    /// <summary>A gateway of another family than the route's.</summary>
    Via = 18,
}

/// <summary>rtm_type: what a route does, linux/rtnetlink.h.</summary>
internal enum RouteType : byte
{
    Unspecified = 0,
    Unicast = 1,
    Local = 2,
    Broadcast = 3,
    Anycast = 4,
    Multicast = 5,
    Blackhole = 6,
    Unreachable = 7,
    Prohibit = 8,
    Throw = 9,
}

/// <summary>rtm_scope: how far the destination is, linux/rtnetlink.h.</summary>
internal enum RouteScope : byte
{
    Universe = 0,
    Link = 253,

    /// <summary>In a removal: any.</summary>
    Nowhere = 255,
}

/// <summary>rtnh_flags of a next hop, linux/rtnetlink.h.</summary>
[Flags]
internal enum HopFlags : byte
{
    None = 0,

    /// <summary>The kernel does not use it, for instance because its link is down.</summary>
    Dead = 1,
}

/// <summary>ifi_flags of a link, linux/if.h.</summary>
[Flags]
internal enum LinkFlags : uint
{
    None = 0,

    /// <summary>Administratively up.</summary>
    Up = 0x1,

    /// <summary>Operational state up (or unknown, for devices that have none).</summary>
    Running = 0x40,
}

/// <summary>Error numbers the kernel answers with, asm-generic/errno.h.</summary>
internal enum Errno
{
    None = 0,
    NotPermitted = 1,
    NoEntry = 2,
    NoSuchProcess = 3,
    Exists = 17,
    NoDevice = 19,
    Invalid = 22,
    NetworkDown = 100,
    NetworkUnreachable = 101,
    HostUnreachable = 113,
}
