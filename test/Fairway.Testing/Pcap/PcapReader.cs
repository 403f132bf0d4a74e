using System.Buffers.Binary;

namespace Fairway.Testing.Pcap;

/// <summary>Reads the packets out of pcap and pcapng files.</summary>
public static class PcapReader
{
    private const uint NextGeneration = 0x0A0D0D0A;
    private const uint LittleEndianMagic = 0xA1B2C3D4;
    private const uint LittleEndianNanoMagic = 0xA1B23C4D;

    public static IEnumerable<PcapPacket> Read(string path)
    {
        ReadOnlyMemory<byte> file = File.ReadAllBytes(path);
        return BinaryPrimitives.ReadUInt32LittleEndian(file.Span) == NextGeneration ? ReadBlocks(file) : ReadRecords(file);
    }

    private static IEnumerable<PcapPacket> ReadRecords(ReadOnlyMemory<byte> file)
    {
        var little = BinaryPrimitives.ReadUInt32LittleEndian(file.Span) is LittleEndianMagic or LittleEndianNanoMagic;
        var linkType = (int)UInt32(file, 20, little) & 0xFFFF;
        for (file = file[24..]; file.Length >= 16;)
        {
            var length = Math.Min((int)UInt32(file, 8, little), file.Length - 16);
            yield return new(linkType, file.Slice(16, length));
            file = file[(16 + length)..];
        }
    }

    private static IEnumerable<PcapPacket> ReadBlocks(ReadOnlyMemory<byte> file)
    {
        var little = BinaryPrimitives.ReadUInt32LittleEndian(file.Span[8..]) == 0x1A2B3C4D;
        var linkTypes = new List<int>();
        while (file.Length >= 12)
        {
            var type = UInt32(file, 0, little);
            var length = (int)UInt32(file, 4, little);
            if (type == 1)
            {
                linkTypes.Add((int)UInt32(file, 8, little) & 0xFFFF);
            }
            else if (type == 6)
            {
                yield return new(linkTypes[(int)UInt32(file, 8, little)], file.Slice(28, (int)UInt32(file, 20, little)));
            }

            file = file[length..];
        }
    }

    private static uint UInt32(ReadOnlyMemory<byte> bytes, int offset, bool little) => little
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[offset..])
        : BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[offset..]);
}
