using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Dialects.Schema;

/// <summary>The types of routing: AS numbers, addresses, prefixes, communities.</summary>
internal static class NetTypes
{
    /// <summary>Any AS number that can stand in a path.</summary>
    public static readonly FieldType<Asn> Asn = new ScalarType<Asn>("an AS number", text => ParseAsn(text, isOwn: false), mustBePlain: true);

    /// <summary>An AS number that a speaker can have: not AS_TRANS (RFC 6793 §9).</summary>
    public static readonly FieldType<Asn> OwnAsn = new ScalarType<Asn>("an AS number", text => ParseAsn(text, isOwn: true), mustBePlain: true);

    public static readonly FieldType<RemoteAs> RemoteAs = new ScalarType<RemoteAs>("an AS number, external or internal", ParseRemoteAs, mustBePlain: false);

    public static readonly FieldType<RouterId> RouterId = new ScalarType<RouterId>("a dotted quad such as 192.0.2.1", ParseRouterId);

    public static readonly FieldType<IpAddr> Address = new ScalarType<IpAddr>("an IP address", ParseAddress);

    /// <summary>The address of a host: not 0.0.0.0, :: or multicast.</summary>
    public static readonly FieldType<IpAddr> HostAddress = new ScalarType<IpAddr>("an IP address", ParseHostAddress);

    public static readonly FieldType<IpPrefix> Prefix = new ScalarType<IpPrefix>("a prefix such as 192.0.2.0/24", text => ParsePrefix(text, acceptAddress: false));

    /// <summary>A prefix, or an address that stands for its host prefix.</summary>
    public static readonly FieldType<IpPrefix> PrefixOrAddress = new ScalarType<IpPrefix>("a prefix or an address", text => ParsePrefix(text, acceptAddress: true));

    public static readonly FieldType<Community> Community = new ScalarType<Community>("a community", text =>
        Net.Routes.Community.TryParse(text, out var value) ? value : BadCommunity<Community>(text, "a community such as 65000:1 or no-export"));

    public static readonly FieldType<LargeCommunity> LargeCommunity = new ScalarType<LargeCommunity>("a large community", text =>
        Net.Routes.LargeCommunity.TryParse(text, out var value) ? value : BadCommunity<LargeCommunity>(text, "a large community such as 65000:1:2"));

    public static readonly FieldType<ExtendedCommunity> ExtendedCommunity = new ScalarType<ExtendedCommunity>("an extended community", text =>
        Net.Routes.ExtendedCommunity.TryParse(text, out var value) ? value : BadCommunity<ExtendedCommunity>(text, "an extended community such as rt:65000:1"));

    public static readonly FieldType<NextHopPolicy> NextHop = new ScalarType<NextHopPolicy>("auto, self, unchanged or an address", ParseNextHop);

    public static readonly FieldType<AddressFamily> Family = Types.Word(
        ("ipv4-unicast", AddressFamily.Ipv4Unicast),
        ("ipv6-unicast", AddressFamily.Ipv6Unicast));

    public static readonly FieldType<Origin> Origin = Types.Word(
        ("igp", Net.Routes.Origin.Igp),
        ("egp", Net.Routes.Origin.Egp),
        ("incomplete", Net.Routes.Origin.Incomplete));

    /// <summary>A Linux interface name: up to 15 octets without space or slash.</summary>
    public static readonly FieldType<string> Interface = new ScalarType<string>("an interface name", text =>
        text.Length is > 0 and <= 15 && text is not ("." or "..") && !text.Any(letter => letter is '/' or ':' or > '~' or <= ' ')
            ? text
            : Parsed<string>.Fail(ProblemReason.BadName, $"'{text}' is not a name of an interface"));

    /// <summary>The name of an object, as Kubernetes allows it (RFC 1123 §2.1).</summary>
    public static readonly FieldType<string> ObjectName = new ScalarType<string>("a name", ParseObjectName);

    public static bool IsObjectName(string? text) => text?.Length is > 0 and <= 253
        && IsLetterOrDigit(text[0]) && IsLetterOrDigit(text[^1]) && text.All(letter => IsLetterOrDigit(letter) || letter is '-' or '.');

    public static Parsed<Asn> ParseAsn(string text, bool isOwn)
    {
        var parsed = Types.ParseNumber(text, 0, uint.MaxValue);
        return parsed switch
        {
            { Reason: null, Value: 0 } => Parsed<Asn>.Fail(ProblemReason.OutOfRange, "AS 0 is reserved (RFC 7607)"),
            { Reason: null, Value: 23456 } when isOwn => Parsed<Asn>.Fail(ProblemReason.OutOfRange, "AS 23456 is AS_TRANS, which no speaker can have (RFC 6793)"),
            _ => parsed.Map(value => new Asn(value)),
        };
    }

    private static Parsed<RemoteAs> ParseRemoteAs(string text) => text switch
    {
        "external" => new RemoteAs(RemoteAsKind.External, default),
        "internal" => new RemoteAs(RemoteAsKind.Internal, default),
        _ when text.Any(char.IsAsciiLetter) => Parsed<RemoteAs>.Fail(
            ProblemReason.UnknownWord,
            $"'{text}' is not an AS number, external or internal",
            NearestWord.Of(text, ["external", "internal"])),
        _ => ParseAsn(text, isOwn: true).Map(asn => new RemoteAs(RemoteAsKind.Number, asn)),
    };

    private static Parsed<RouterId> ParseRouterId(string text) => IpAddr.TryParse(text, out var address) && address is { IsIPv4: true, IsUnspecified: false }
        ? new RouterId((uint)address.Bits)
        : Parsed<RouterId>.Fail(ProblemReason.BadAddress, $"'{text}' is not a router id: a dotted quad such as 192.0.2.1, never 0.0.0.0 (RFC 6286)");

    private static Parsed<IpAddr> ParseAddress(string text)
    {
        if (IpAddr.TryParse(text, out var address))
        {
            return address.IsIPv6 && address.ToIPAddress().IsIPv4MappedToIPv6
                ? Parsed<IpAddr>.Fail(ProblemReason.BadAddress, $"'{text}' is an IPv4 address in IPv6 clothes", IpAddr.FromIPv4((uint)address.Bits).ToString())
                : address;
        }

        var hint = text.Contains('%', StringComparison.Ordinal) ? "; the interface belongs into sourceInterface" : "";
        return Parsed<IpAddr>.Fail(ProblemReason.BadAddress, $"'{text}' is not an IP address{hint}");
    }

    private static Parsed<IpAddr> ParseHostAddress(string text)
    {
        var parsed = ParseAddress(text);
        return parsed.Reason is null && (parsed.Value.IsUnspecified || parsed.Value.IsMulticast || parsed.Value == IpAddr.FromIPv4(uint.MaxValue))
            ? Parsed<IpAddr>.Fail(ProblemReason.BadAddress, $"{text} cannot be the address of a host")
            : parsed;
    }

    private static Parsed<IpPrefix> ParsePrefix(string text, bool acceptAddress)
    {
        if (!IpPrefix.TryParse(text, out var prefix))
        {
            return Parsed<IpPrefix>.Fail(ProblemReason.BadPrefix, $"'{text}' is not a prefix such as 192.0.2.0/24 or 2001:db8::/32");
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return acceptAddress ? prefix : Parsed<IpPrefix>.Fail(ProblemReason.BadPrefix, $"'{text}' has no length", prefix.ToString());
        }

        return IpAddr.TryParse(text[..slash], out var address) && address == prefix.Address
            ? prefix
            : Parsed<IpPrefix>.Fail(ProblemReason.BadPrefix, $"'{text}' has bits beyond its length", prefix.ToString());
    }

    private static Parsed<NextHopPolicy> ParseNextHop(string text) => text switch
    {
        "auto" => new NextHopPolicy(NextHopMode.Auto),
        "self" => new NextHopPolicy(NextHopMode.Self),
        "unchanged" => new NextHopPolicy(NextHopMode.Unchanged),
        _ when text.Contains(':', StringComparison.Ordinal) || text.Any(char.IsAsciiDigit) =>
            ParseHostAddress(text).Map(address => new NextHopPolicy(NextHopMode.Address, address)),
        _ => Parsed<NextHopPolicy>.Fail(
            ProblemReason.UnknownWord,
            $"'{text}' is not auto, self, unchanged or an address",
            NearestWord.Of(text, ["auto", "self", "unchanged"])),
    };

    private static Parsed<T> BadCommunity<T>(string text, string wanted) => Parsed<T>.Fail(
        ProblemReason.BadCommunity,
        $"'{text}' is not {wanted}",
        NearestWord.Of(text, ["no-export", "no-advertise", "no-export-subconfed", "no-peer", "blackhole", "graceful-shutdown"]));

    private static Parsed<string> ParseObjectName(string text) => IsObjectName(text)
        ? text
        : Parsed<string>.Fail(
            ProblemReason.BadName,
            $"'{text}' is not a name: lower-case letters, digits, '-' and '.', a letter or digit at both ends, at most 253");

    private static bool IsLetterOrDigit(char letter) => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9');
}
