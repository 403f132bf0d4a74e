namespace Fairway.Dataplanes.Linux.Reading;

/// <summary>Names of protocol numbers, linux/rtnetlink.h.</summary>
internal static class RouteProtocols
{
    public static string Describe(byte protocol) => Name(protocol) is { } name ? $"protocol {protocol} ({name})" : $"protocol {protocol}";

    private static string? Name(byte protocol) => protocol switch
    {
        2 => "kernel",
        3 => "boot",
        4 => "static",
        9 => "ra",
        11 => "zebra",
        12 => "bird",
        16 => "dhcp",
        18 => "keepalived",
        42 => "babel",
        186 => "bgp",
        187 => "isis",
        188 => "ospf",
        189 => "rip",
        192 => "eigrp",
        _ => null,
    };
}
