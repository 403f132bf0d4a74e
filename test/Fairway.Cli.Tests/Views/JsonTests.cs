using System.Text.Json.Nodes;
using Fairway.Cli.Output;
using Fairway.Cli.Views;

namespace Fairway.Cli.Tests.Views;

/// <summary>The outer contract that scripts rely on: names, order, types, and null for what is absent.</summary>
public sealed class JsonTests
{
    [Fact]
    public void Peers() => AssertItems(AgentViews.Peers, Samples.Peers,
        """{"name":"tor1","address":"192.0.2.1","asn":64497,"state":"Established","familiesNegotiated":["ipv4-unicast","ipv6-unicast"],"received":10,"accepted":9,"advertised":3,"uptimeSeconds":3720,"lastError":null,"bfd":"Up","owner":"files/fairway"}""",
        """{"name":"tor2","address":"2001:db8::1","asn":null,"state":"Active","familiesNegotiated":[],"received":0,"accepted":0,"advertised":0,"uptimeSeconds":null,"lastError":"connection refused","bfd":null,"owner":"files/fairway"}""");

    [Fact]
    public void Prefixes() => AssertItems(AgentViews.Prefixes, Samples.Prefixes,
        """{"prefix":"203.0.113.1/32","owner":"files/fairway","origin":"Advertisement/vips","state":"advertised","reason":null,"advertisedTo":["tor1"],"waitingFor":["tor2"]}""",
        """{"prefix":"2001:db8::1/128","owner":"files/fairway","origin":"Advertisement/vips","state":"pending","reason":"why","advertisedTo":[],"waitingFor":["tor1","tor2"]}""");

    [Fact]
    public void Routes() => AssertItems(AgentViews.Routes, Samples.Routes,
        """{"prefix":"198.51.100.0/24","nextHops":["192.0.2.1","192.0.2.2"],"peer":"tor1","best":true,"asPath":[64497,[64499,64500]],"localPref":100,"med":0,"communities":["64497:1","no-export"],"largeCommunities":["64497:1:2"],"extendedCommunities":["rt:64497:1"],"origin":"igp","stale":true,"installed":true,"reason":"as-path-length"}""",
        """{"prefix":"203.0.113.1/32","nextHops":[],"peer":null,"best":true,"asPath":[],"localPref":null,"med":null,"communities":[],"largeCommunities":[],"extendedCommunities":[],"origin":"incomplete","stale":false,"installed":false,"reason":"only-path"}""");

    [Fact]
    public void Drift() => AssertItems(AgentViews.Drift, Samples.Drift,
        """{"layer":"dataplane","object":"198.51.100.0/24","desired":"via 192.0.2.1","observed":"nothing","since":"2026-01-01T00:00:00.000Z","repaired":true}""");

    [Fact]
    public void Status() => AssertObject(AgentViews.Status(Samples.Status),
        """{"node":"n1","asn":64496,"routerId":"192.0.2.99","speaker":"native","dataplane":"linux","peersUp":1,"peersTotal":2,"prefixesDesired":2,"prefixesAdvertised":1,"routesInstalled":7,"driftOpen":1,"draining":false,"restarting":false,"sources":[{"name":"files","state":"ready","ageSeconds":42}],"warnings":["the disk is full"]}""");

    [Fact]
    public void Explain() => AssertObject(AgentViews.Explain(Samples.Explain),
        """{"prefix":"203.0.113.1/32","peer":"tor1","verdict":"not advertised","gates":[{"gate":"object","result":"pass","object":"Advertisement/vips","field":"spec.prefixes","reason":"vips.yaml:4","fix":null},{"gate":"session","result":"fail","object":"tor1","field":null,"reason":"Active: connection refused","fix":"bring the session up"}]}""");

    [Fact]
    public void Plan() => AssertObject(AgentViews.Plan(Samples.Plan),
        """{"impact":"reset","changes":[{"action":"change","layer":"speaker","kind":"BgpPeer","object":"tor1","owner":"files/fairway","impact":"reset","fields":[{"path":"timers.hold","from":"90s","to":"30s"}]},{"action":"add","layer":"speaker","kind":"Advertisement","object":"203.0.113.2/32","owner":"files/fairway","impact":"none","fields":[]}],"problems":[{"path":"vips.yaml","line":4,"field":"spec.prefixes[0]","reason":"'x' is not a prefix"}]}""");

    [Fact]
    public void An_empty_table_is_an_empty_list()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        AgentViews.Peers.Write(writer, OutputFormat.Json, []);

        Assert.Equal("{\"items\": []}\n", writer.ToString());
    }

    [Fact]
    public void Yaml_says_the_same_and_quotes_what_could_be_read_as_something_else()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        AgentViews.Prefixes.Write(writer, OutputFormat.Yaml, Samples.Prefixes);

        Assert.Equal("""
            items:
              - prefix: "203.0.113.1/32"
                owner: "files/fairway"
                origin: "Advertisement/vips"
                state: "advertised"
                reason: null
                advertisedTo:
                  - "tor1"
                waitingFor:
                  - "tor2"
              - prefix: "2001:db8::1/128"
                owner: "files/fairway"
                origin: "Advertisement/vips"
                state: "pending"
                reason: "why"
                advertisedTo: []
                waitingFor:
                  - "tor1"
                  - "tor2"

            """, writer.ToString());
    }

    private static void AssertItems<T>(View<T> view, IEnumerable<T> rows, params string[] expected)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        view.Write(writer, OutputFormat.Json, rows);
        var items = JsonNode.Parse(writer.ToString())!["items"]!.AsArray();
        Assert.Equal(expected, items.Select(item => item!.ToJsonString(JsonOptions.OneLine)));
    }

    private static void AssertObject(JsonObject actual, string expected) => Assert.Equal(expected, actual.ToJsonString(JsonOptions.OneLine));
}
