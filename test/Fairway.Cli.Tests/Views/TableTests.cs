using Fairway.Cli.Output;
using Fairway.Cli.Views;
using Fairway.Contracts.V1;

namespace Fairway.Cli.Tests.Views;

/// <summary>What people see: aligned columns, and "-" for nothing.</summary>
public sealed class TableTests
{
    [Fact]
    public void Peers() => AssertText("""
        NAME  ADDRESS      AS     STATE        RECEIVED  ACCEPTED  ADVERTISED  UPTIME  LAST ERROR
        tor1  192.0.2.1    64497  Established  10        9         3           1h02m   -
        tor2  2001:db8::1  -      Active       0         0         0           -       connection refused

        """, writer => AgentViews.Peers.Write(writer, OutputFormat.Table, Samples.Peers));

    [Fact]
    public void Peers_wide() => AssertText("""
        NAME  ADDRESS      AS     STATE        FAMILIES                   RECEIVED  ACCEPTED  ADVERTISED  UPTIME  LAST ERROR          BFD  OWNER
        tor1  192.0.2.1    64497  Established  ipv4-unicast,ipv6-unicast  10        9         3           1h02m   -                   Up   files/fairway
        tor2  2001:db8::1  -      Active       -                          0         0         0           -       connection refused  -    files/fairway

        """, writer => AgentViews.Peers.Write(writer, OutputFormat.Wide, Samples.Peers));

    [Fact]
    public void Prefixes() => AssertText("""
        PREFIX           OWNER          ORIGIN              STATE       REASON  ADVERTISED TO  WAITING FOR
        203.0.113.1/32   files/fairway  Advertisement/vips  advertised  -       tor1           tor2
        2001:db8::1/128  files/fairway  Advertisement/vips  pending     why     -              tor1,tor2

        """, writer => AgentViews.Prefixes.Write(writer, OutputFormat.Table, Samples.Prefixes));

    [Fact]
    public void Routes() => AssertText("""
        PREFIX           NEXT HOPS            PEER  BEST  AS PATH              LOCPREF  MED  INSTALLED  REASON
        198.51.100.0/24  192.0.2.1,192.0.2.2  tor1  yes   64497 {64499,64500}  100      0    yes        as-path-length
        203.0.113.1/32   -                    -     yes   -                    -        -    no         only-path

        """, writer => AgentViews.Routes.Write(writer, OutputFormat.Table, Samples.Routes));

    [Fact]
    public void Drift() => AssertText("""
        LAYER      OBJECT           DESIRED        OBSERVED  SINCE                     REPAIRED
        dataplane  198.51.100.0/24  via 192.0.2.1  nothing   2026-01-01T00:00:00.000Z  yes

        """, writer => AgentViews.Drift.Write(writer, OutputFormat.Table, Samples.Drift));

    [Fact]
    public void An_empty_table_shows_its_headings() =>
        AssertText("LAYER  OBJECT  DESIRED  OBSERVED  SINCE  REPAIRED\n", writer => AgentViews.Drift.Write(writer, OutputFormat.Table, []));

    [Fact]
    public void Status() => AssertText("""
        Node       n1  AS 64496  router id 192.0.2.99
        Speaker    native: 1 of 2 peers up
        Prefixes   1 of 2 advertised
        Dataplane  linux: 7 routes installed
        Drift      1 open, see `fairway drift`
        State      running
        Source     files: ready, 42s old
        Warning    the disk is full

        """, writer => AgentViews.WriteStatus(writer, Samples.Status));

    [Fact]
    public void Explain() => AssertText("""
        203.0.113.1/32 and peer tor1: not advertised
          object     pass  Advertisement/vips spec.prefixes: vips.yaml:4
          session    fail  tor1: Active: connection refused
                     fix:  bring the session up

        """, writer => AgentViews.WriteExplain(writer, Samples.Explain));

    [Fact]
    public void Plan() => AssertText("""
        refused: vips.yaml:4: spec.prefixes[0]: 'x' is not a prefix
        ~ tor1  (speaker, impact reset)
            timers.hold: 90s -> 30s
        + 203.0.113.2/32  (speaker, impact none)
        2 changes, worst impact: reset.

        """, writer => AgentViews.WritePlan(writer, Samples.Plan));

    [Fact]
    public void An_empty_plan_says_so() => AssertText("No changes.\n", writer => AgentViews.WritePlan(writer, new PlanResponse { Impact = "none" }));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(59, "59s")]
    [InlineData(312, "5m12s")]
    [InlineData(11040, "3h04m")]
    [InlineData(183600, "2d03h")]
    public void Durations_are_short(uint seconds, string text) => Assert.Equal(text, Durations.Short(seconds));

    private static void AssertText(string expected, Action<TextWriter> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        write(writer);
        Assert.Equal(expected, writer.ToString());
    }
}
