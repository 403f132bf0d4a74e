using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Bgp.Rib.Groups;

/// <summary>A prefix of our own that not every peer gets alike: for each alternative its attributes as sent (0: refused), and what the peers get that none covers.</summary>
internal sealed record ExportVariant(ValueList<AdvertisedAlternative> Alternatives, uint[] Attributes, ExportValue Otherwise)
{
    public int Uses { get; set; }
}
