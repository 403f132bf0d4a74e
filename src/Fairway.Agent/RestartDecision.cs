using Fairway.Agent.State;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native;

namespace Fairway.Agent;

/// <summary>What an earlier run means for this start (design D8). A pure function.</summary>
internal static class RestartDecision
{
    private static readonly ValueList<AddressFamily> Families = [AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast];

    /// <param name="kept">What the state says of the earlier run.</param>
    /// <param name="forwardingSurvived">Same boot and network namespace with a kernel that could be read, or no dataplane.</param>
    /// <param name="now">The time of this start.</param>
    public static RestartContext Decide(NodeState kept, bool forwardingSurvived, DateTimeOffset now)
    {
        var peers = kept.PeersUp.Where(peer => peer.GracefulRestartFamilies.Count > 0).Select(ToPeer).OfType<RestartPeer>().ToValueList();
        var age = now - kept.WrittenAt;
        if (peers.IsEmpty || age < TimeSpan.Zero || age >= TimeSpan.FromSeconds(kept.RestartTimeSeconds))
        {
            return RestartContext.None;
        }

        return new RestartContext { Restarting = true, ForwardingPreserved = forwardingSurvived ? Families : [], Peers = peers };
    }

    private static RestartPeer? ToPeer(PeerUp peer)
    {
        if (!IpAddr.TryParse(peer.Address, out var address))
        {
            return null;
        }

        var families = new List<AddressFamily>();
        foreach (var name in peer.GracefulRestartFamilies)
        {
            if (AddressFamily.TryParse(name, out var family))
            {
                families.Add(family);
            }
        }

        return new RestartPeer(new PeerKey(address, peer.Interface), families.ToValueList());
    }
}
