using Fairway.Agent.Http;

namespace Fairway.Agent.Tests.Http;

public sealed class PrometheusTextTests
{
    [Fact]
    public void A_family_opens_with_help_and_type_and_labels_are_escaped()
    {
        var text = new PrometheusText()
            .Gauge("fairway_drift_open", "Open items,\nback\\slash.", 0)
            .Family("fairway_peer_up", "gauge", "1 while Established.")
            .Sample("fairway_peer_up", 1, ("peer", "to\"r\\1\n"), ("address", "2001:db8::1"))
            .Sample("fairway_peer_up", 0.5, ("peer", "tor2"), ("address", "192.0.2.1"));

        Assert.Equal("""
            # HELP fairway_drift_open Open items,\nback\\slash.
            # TYPE fairway_drift_open gauge
            fairway_drift_open 0
            # HELP fairway_peer_up 1 while Established.
            # TYPE fairway_peer_up gauge
            fairway_peer_up{peer="to\"r\\1\n",address="2001:db8::1"} 1
            fairway_peer_up{peer="tor2",address="192.0.2.1"} 0.5

            """, text.ToString());
    }
}
