using System.Buffers;
using Fairway.Bgp.Wire;
using Fairway.Net;
using static Fairway.Bgp.Tests.Wire.WireBytes;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>Any bytes get an answer: nothing throws, and what is accepted is consistent.</summary>
public class MutationTests
{
    private const int Seed = 20261120;
    private const int Messages = 100_000;
    private static readonly PathAttributeFlags[] FlagClasses = [0, PathAttributeFlags.Transitive, PathAttributeFlags.Optional, PathAttributeFlags.Optional | PathAttributeFlags.Transitive];

    private static readonly List<byte[]> Originals =
    [
        Frame(BgpMessageType.Keepalive, []),
        Frame(BgpMessageType.Notification, Hex("0602 03 627965")),
        Frame(BgpMessageType.RouteRefresh, Hex("0002 00 01")),
        .. OpenCodecTests.Pairs.Select(row => Frame(BgpMessageType.Open, Hex((string)row[0]))),
        Frame(BgpMessageType.Open, Hex("04 FBF0 005A C0000201 FF FF 0009 02 0006 0104 0002 00 01")),
        .. AttributeTests.Pairs.Select(row => Update(Mandatory + (string)row[0], Prefix, "18CB0071")),
        Update($"900E002A 0002 01 20 20010DB8000000000000000000000001FE800000000000000000000000000001 00 2020010DB8 {OriginAndPath}"),
        Update("900F0008 0002 01 2020010DB8"),
        Update("40010100 400206 0202 5BA0 FBF4 400304 C0000202 C00706 5BA0C0000201 C0110A 0202 FA56EA01 0000FBF4 C01208 FA56EA01C0000201", Prefix),
    ];

    [Fact]
    public void Mutated_messages_are_answered_and_what_is_accepted_holds_together()
    {
        var random = new Random(Seed);
        SessionCodecOptions[] sessions = [External, Internal, TwoOctet, TwoOctet with { IsInternal = true }];
        for (var i = 0; i < Messages; i++)
        {
            var message = Mutate(random);
            var options = sessions[random.Next(sessions.Length)];
            var failure = Record.Exception(() => Check(message, options));
            Assert.True(failure is null, $"seed {Seed}, message {i}: {Convert.ToHexString(message)} {options}\n{failure}");
        }
    }

    // 40: every type, every flag class, random bytes
    [Fact]
    public void No_attribute_but_the_MP_ones_can_reset_a_session()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 20; round++)
        {
            foreach (var flags in FlagClasses)
            {
                for (var type = 0; type <= 255; type++)
                {
                    var value = new byte[random.Next(24)];
                    random.NextBytes(value);
                    var message = Update(Attribute((int)flags, type, Convert.ToHexString(value)) + Mandatory, Prefix);
                    var failure = Record.Exception(() => CheckOneAttribute((PathAttributeType)type, flags, value, message));
                    Assert.True(failure is null, $"seed {Seed}: {Convert.ToHexString(message)}\n{failure}");
                }
            }
        }
    }

    private static void CheckOneAttribute(PathAttributeType type, PathAttributeFlags flags, byte[] value, byte[] message)
    {
        var decoded = Decode(message);
        if (type is PathAttributeType.MpReachNlri or PathAttributeType.MpUnreachNlri)
        {
            return;
        }

        var update = Assert.IsType<UpdateMessage>(decoded.Value);
        if (Enum.IsDefined(type))
        {
            return;
        }

        var kept = update.Announced.IsEmpty ? null : update.Announced[0].Attributes.Value;
        var expected = flags switch
        {
            PathAttributeFlags.Optional => new PathAttributes { Unknown = [] },
            PathAttributeFlags.Optional | PathAttributeFlags.Transitive => new PathAttributes { Unknown = [new((byte)type, ValueList.Create<byte>(value))] },
            _ => null,
        };
        Assert.Equal(expected?.Unknown, kept?.Unknown);
        Assert.Equal(expected is null ? UpdateTreatment.TreatAsWithdraw : UpdateTreatment.None, update.Treatment);
        Assert.Equal(expected is null ? 1 : 0, update.Withdrawn.Count);
    }

    private static void Check(byte[] message, SessionCodecOptions options)
    {
        var decoded = Decode(message, options);
        if (!decoded.IsOk)
        {
            Assert.NotEmpty(decoded.Error.Reason);
            Assert.True(Decode(Encode(decoded.Error.Notification)).IsOk);
            return;
        }

        if (decoded.Value is not UpdateMessage update)
        {
            return;
        }

        Assert.True(update.Treatment is not UpdateTreatment.TreatAsWithdraw || update.Announced.IsEmpty);
        Assert.Empty(update.Announced.SelectMany(routes => routes.Prefixes).Intersect(update.Withdrawn));
        foreach (var routes in update.Announced)
        {
            Assert.Equal(routes.Attributes, AttributeSet.Of(routes.Attributes.Value));
            AssertSurvives(routes, options);
        }
    }

    private static void AssertSurvives(AnnouncedRoutes routes, SessionCodecOptions options)
    {
        var output = new ArrayBufferWriter<byte>();
        UpdateWriter.WriteAnnouncements(output, routes.Family, routes.Attributes, routes.Prefixes.AsSpan(), options.FourOctetAs);
        foreach (var message in Split(output.WrittenSpan))
        {
            Assert.Equal(routes.Attributes, Assert.Single(DecodeUpdate(message, options).Announced).Attributes);
        }
    }

    private static byte[] Mutate(Random random)
    {
        var body = Originals[random.Next(Originals.Count)].ToList();
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(16, body.Count);
            switch (random.Next(6))
            {
                case 0:
                    body[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    body[at] = (byte)random.Next(256);
                    break;
                case 2:
                    body[at] = (byte)(body[at] + random.Next(-2, 3));
                    break;
                case 3:
                    body.Insert(at, (byte)random.Next(256));
                    break;
                case 4 when body.Count > BgpFraming.HeaderLength:
                    body.RemoveRange(at, random.Next(1, Math.Min(8, body.Count - at) + 1));
                    break;
                default:
                    var other = Originals[random.Next(Originals.Count)];
                    body.AddRange(other[random.Next(other.Length)..]);
                    break;
            }

            body.AddRange(Enumerable.Repeat((byte)0xFF, Math.Max(0, BgpFraming.HeaderLength - body.Count)));
        }

        // Nine of ten keep a legal header, so that the rest is looked at.
        return random.Next(10) == 0 ? [.. body] : Frame((BgpMessageType)body[18], [.. body.Skip(BgpFraming.HeaderLength)]);
    }
}
