using Fairway.Bgp.Wire;
using Fairway.Testing;
using Fairway.Testing.Mrt;
using Fairway.Testing.Pcap;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>Every BGP message of the corpus outside the whole table, by the file or folder it comes from.</summary>
internal static class CorpusMessages
{
    private const ushort BgpPort = 179;

    public static IEnumerable<(string Source, byte[] Message, SessionCodecOptions Options)> All() =>
        Recorded().Concat(Captured()).Concat(Hexadecimal()).Concat(CrashSeeds());

    private static IEnumerable<(string Source, byte[] Message, SessionCodecOptions Options)> Recorded() =>
        from file in Files("mrt/misc")
        where !file.EndsWith(".bz2", StringComparison.Ordinal)
        from record in MrtReader.Read(file)
        where !record.IsAddPath
        let options = new SessionCodecOptions { FourOctetAs = record.FourOctetAs, IsInternal = record.PeerAsn == record.LocalAsn }
        select (Path.GetFileName(file), record.Message.ToArray(), options);

    private static IEnumerable<(string Source, byte[] Message, SessionCodecOptions Options)> Captured() =>
        from file in Files("pcap")
        where Path.GetFileName(file).StartsWith("bgp", StringComparison.Ordinal)
        from stream in TcpStreams.Of(PcapReader.Read(file), BgpPort)
        from message in Cut(stream)
        select (Path.GetFileName(file), message, WireBytes.Internal);

    private static IEnumerable<(string Source, byte[] Message, SessionCodecOptions Options)> Hexadecimal() =>
        from file in Files("hex/bgpcep")
        let bytes = file.EndsWith(".hex", StringComparison.Ordinal) ? Convert.FromHexString(File.ReadAllText(file).Trim()) : File.ReadAllBytes(file)
        from message in Cut(bytes)
        select ("bgpcep", message, WireBytes.Internal);

    /// <summary>With the marker and the length put right, so that the crash is looked for where it once was.</summary>
    private static IEnumerable<(string Source, byte[] Message, SessionCodecOptions Options)> CrashSeeds() =>
        from file in Files("fuzz-seeds")
        let bytes = File.ReadAllBytes(file)
        where bytes.Length >= BgpFraming.HeaderLength
        select (Path.GetFileName(Path.GetDirectoryName(file))!, WireBytes.Frame((BgpMessageType)bytes[18], bytes[19..]), WireBytes.Internal);

    /// <summary>The messages of a stream up to the first that has no legal header.</summary>
    private static IEnumerable<byte[]> Cut(byte[] stream)
    {
        var start = 0;
        while (BgpFraming.MessageLength(stream.AsSpan(start)) is { IsOk: true, Value: > 0 and var length } && start + length <= stream.Length)
        {
            yield return stream[start..(start + length)];
            start += length;
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(Corpus.PathOf(folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
