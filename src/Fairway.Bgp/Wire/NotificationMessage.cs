using System.Text;
using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>NOTIFICATION (RFC 4271 §4.5): the session ends, and why.</summary>
public sealed record NotificationMessage(NotificationCode Code, byte Subcode, ValueList<byte> Data = default) : BgpMessage
{
    /// <summary>Longest shutdown communication in octets of UTF-8 (RFC 9003 §2).</summary>
    public const int MaxCommunicationLength = 255;

    public static readonly NotificationMessage HoldTimerExpired = new(NotificationCode.HoldTimerExpired, 0);

    public override BgpMessageType Type => BgpMessageType.Notification;

    /// <summary>The text that came with an administrative shutdown or reset, or null (RFC 9003 §2).</summary>
    public string? ShutdownCommunication =>
        Code is NotificationCode.Cease && (CeaseSubcode)Subcode is CeaseSubcode.AdministrativeShutdown or CeaseSubcode.AdministrativeReset
            ? ReadCommunication(Data.AsSpan())
            : null;

    public static NotificationMessage Header(HeaderSubcode subcode, params ReadOnlySpan<byte> data) => New(NotificationCode.MessageHeader, (byte)subcode, data);

    public static NotificationMessage Open(OpenSubcode subcode, params ReadOnlySpan<byte> data) => New(NotificationCode.Open, (byte)subcode, data);

    public static NotificationMessage Update(UpdateSubcode subcode, params ReadOnlySpan<byte> data) => New(NotificationCode.Update, (byte)subcode, data);

    public static NotificationMessage Fsm(FsmSubcode subcode) => New(NotificationCode.FiniteStateMachine, (byte)subcode, []);

    public static NotificationMessage Cease(CeaseSubcode subcode) => New(NotificationCode.Cease, (byte)subcode, []);

    /// <summary>A shutdown or reset with a text for the other operator, cut at <see cref="MaxCommunicationLength"/> octets (RFC 9003 §2).</summary>
    public static NotificationMessage Cease(CeaseSubcode subcode, string communication)
    {
        if (string.IsNullOrEmpty(communication))
        {
            return Cease(subcode);
        }

        Span<byte> data = stackalloc byte[1 + MaxCommunicationLength];
        Encoder encoder = Encoding.UTF8.GetEncoder();
        encoder.Convert(communication, data[1..], flush: true, out _, out var length, out _);
        data[0] = (byte)length;
        return New(NotificationCode.Cease, (byte)subcode, data[..(1 + length)]);
    }

    private static NotificationMessage New(NotificationCode code, byte subcode, ReadOnlySpan<byte> data) => new(code, subcode, ValueList.Create(data));

    // The text is the peer's: wrong lengths give what is there, wrong UTF-8 and control characters become U+FFFD.
    private static string? ReadCommunication(ReadOnlySpan<byte> data)
    {
        if (data.Length < 2)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(data.Slice(1, Math.Min(data[0], data.Length - 1)));
        return string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
            }
        });
    }
}
