using Fairway.Interop.Rig;

namespace Fairway.Interop.RigTests;

/// <summary>The shapes of BIRD's text that the live tests of the rig do not reach.</summary>
public sealed class BirdOutputTests
{
    private const string TwoPaths = """
        Table master4:
        203.0.113.0/24       unicast [r1 12:30:50.824] * (100) [AS64502?]
        	via 192.0.2.2 on to-r1
        	Type: BGP univ
        	BGP.origin: Incomplete
        	BGP.as_path: 64501 {64502 64503}
        	BGP.next_hop: 192.0.2.2
        	BGP.local_pref: 100
                             unicast [r2 2026-11-20 from 2001:db8::2] (100s/20) [AS64501i]
        	via fe80::2 on to-r2
        	Type: BGP univ
        	BGP.origin: IGP
        	BGP.as_path: 64501
        	BGP.next_hop: 2001:db8::2 fe80::2
        	BGP.local_pref: 100
        """;

    [Fact]
    public void A_second_path_belongs_to_the_prefix_above_it()
        => Assert.Equal(
            [
                new SeenRoute("203.0.113.0/24", "192.0.2.2")
                {
                    AsPath = "64501 {64502 64503}", Origin = "Incomplete", LocalPref = 100, Best = true, From = "r1",
                },
                new SeenRoute("203.0.113.0/24", "2001:db8::2") { AsPath = "64501", LocalPref = 100, Stale = true, From = "r2" },
            ],
            BirdOutput.Routes(TwoPaths));

    [Theory]
    [InlineData("frr        BGP        ---        up     12:30:49.723  Established   ", "up", "Established")]
    [InlineData("frr        BGP        ---        start  2026-11-20    Active   Socket: refused", "start", "Active   Socket: refused")]
    [InlineData("frr        BGP        ---        down   2026-11-20 12:30:49  ", "down", "")]
    public void A_protocol_line_has_a_state_and_an_info(string line, string state, string info)
        => Assert.Equal(
            [new BirdProtocol("frr", state, info, line)],
            BirdOutput.Protocols("Name       Proto      Table      State  Since         Info\n" + line));
}
