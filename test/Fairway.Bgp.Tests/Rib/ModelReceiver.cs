using System.Buffers;
using Fairway.Bgp.Wire;
using Fairway.Net;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>The far end of a session: decodes what is written and keeps the table that a peer would have.</summary>
internal sealed class ModelReceiver(bool fourOctetAs, bool isInternal)
{
    private readonly SessionCodecOptions _codec = new() { FourOctetAs = fourOctetAs, IsInternal = isInternal };

    public Dictionary<IpPrefix, AttributeSet> Table { get; } = [];

    public List<AddressFamily> EndOfRibs { get; } = [];

    public int Messages { get; private set; }

    /// <summary>Announcements that said nothing new, and withdrawals of what was not there.</summary>
    public List<IpPrefix> Needless { get; } = [];

    public void Receive(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var length = BgpFraming.MessageLength(bytes);
            Assert.True(length.IsOk && length.Value > 0 && length.Value <= bytes.Length);
            var message = BgpMessageCodec.Decode(bytes[..length.Value], _codec);
            Assert.True(message.IsOk);
            Receive(Assert.IsType<UpdateMessage>(message.Value));
            bytes = bytes[length.Value..];
        }
    }

    private void Receive(UpdateMessage update)
    {
        Messages++;
        Assert.Empty(update.Problems);
        if (update.EndOfRib is { } family)
            EndOfRibs.Add(family);
        foreach (var prefix in update.Withdrawn)
        {
            if (!Table.Remove(prefix))
                Needless.Add(prefix);
        }

        foreach (var announced in update.Announced)
        {
            foreach (var prefix in announced.Prefixes)
            {
                if (Table.TryGetValue(prefix, out var known) && known.Equals(announced.Attributes))
                    Needless.Add(prefix);
                Table[prefix] = announced.Attributes;
            }
        }
    }
}
