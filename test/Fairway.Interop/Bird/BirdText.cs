namespace Fairway.Interop.Bird;

/// <summary>A configuration of BIRD: static prefixes, one session per family to 192.0.2.2 and 2001:db8:1::2, "four" and "six".</summary>
internal sealed record BirdText
{
    public uint Asn { get; init; } = 64500;

    public uint PeerAsn { get; init; } = 64501;

    public IReadOnlyList<string> Prefixes { get; init; } = BirdPair.BirdPrefixes;

    /// <summary>Filter statements for every prefix that goes out.</summary>
    public string Set { get; init; } = "";

    /// <summary>Options of both sessions.</summary>
    public string Options { get; init; } = "";

    /// <summary>Further protocols.</summary>
    public string More { get; init; } = "";

    public override string ToString() => $$"""
        router id 192.0.2.1;
        protocol static four_prefixes { ipv4; {{Static(':', false)}} }
        protocol static six_prefixes { ipv6; {{Static(':', true)}} }
        filter outward {
          if source != RTS_STATIC then reject;
          {{Set}}
          accept;
        }
        template bgp fairway {
          connect delay time 1; connect retry time 1; error wait time 1,2;
          {{Options}}
        }
        protocol bgp four from fairway {
          local 192.0.2.1 as {{Asn}}; neighbor 192.0.2.2 as {{PeerAsn}};
          ipv4 { import all; export filter outward; };
        }
        protocol bgp six from fairway {
          local 2001:db8:1::1 as {{Asn}}; neighbor 2001:db8:1::2 as {{PeerAsn}};
          ipv6 { import all; export filter outward; };
        }
        {{More}}
        """;

    private string Static(char mark, bool has)
        => string.Join(' ', Prefixes.Where(prefix => prefix.Contains(mark) == has).Select(prefix => $"route {prefix} blackhole;"));
}
