using Fairway.Bgp.Wire;
using Fairway.Testing;
using Fairway.Testing.Mrt;

namespace Fairway.Bench;

/// <summary>The recorded Internet table of 2015 as messages: 577,706 prefixes, 89,641 attribute sets.</summary>
internal static class RecordedTable
{
    public static readonly SessionCodecOptions Codec = new();

    public static byte[][] Messages() =>
    [
        .. MrtReader.Read(Corpus.PathOf("mrt/ripe-bgpdump/data/updates.et-header.2015.gz"))
            .Where(record => record.FourOctetAs)
            .Select(record => record.Message.ToArray()),
    ];

    public static UpdateMessage[] Updates() => [.. Messages().Select(message => BgpMessageCodec.Decode(message, Codec).Value).OfType<UpdateMessage>()];
}
