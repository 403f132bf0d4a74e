using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Bgp.Rib.Rules;

/// <summary>Finds a peer's options of a family.</summary>
internal static class PeerFamilies
{
    /// <summary>A family that the peer does not list has no policies.</summary>
    public static PeerFamilyOptions Of(PeerOptions peer, AddressFamily family)
    {
        foreach (var options in peer.Families)
        {
            if (options.Family == family)
                return options;
        }

        return new(family);
    }
}
