namespace Fairway.Testing.Pcap;

/// <summary>A captured packet and what kind of link it was captured on.</summary>
public readonly record struct PcapPacket(int LinkType, ReadOnlyMemory<byte> Data);
