using Fairway.Bgp.Fsm;
using Fairway.Bgp.Wire;

namespace Fairway.Speakers.Native.Peers;

/// <summary>The end of a session in one line for status, events and logs.</summary>
internal static class SessionEndText
{
    public static string Of(SessionEnd end) => (end.Reason, end.Notification) switch
    {
        (SessionEndReason.NotificationReceived, { } received) => $"{end.Detail}: received {Name(received)}",
        (SessionEndReason.NotificationSent, { } sent) => $"{end.Detail}: sent {Name(sent)}",
        _ => end.Detail,
    };

    private static string Name(NotificationMessage notification)
    {
        var subcode = notification.Code switch
        {
            NotificationCode.MessageHeader => Named<HeaderSubcode>(notification.Subcode),
            NotificationCode.Open => Named<OpenSubcode>(notification.Subcode),
            NotificationCode.Update => Named<UpdateSubcode>(notification.Subcode),
            NotificationCode.FiniteStateMachine => Named<FsmSubcode>(notification.Subcode),
            NotificationCode.Cease => Named<CeaseSubcode>(notification.Subcode),
            _ => "",
        };
        var text = notification.ShutdownCommunication is { } communication ? $" \"{communication}\"" : "";
        return $"NOTIFICATION {(byte)notification.Code}/{notification.Subcode} ({notification.Code}{subcode}){text}";
    }

    private static string Named<T>(byte subcode)
        where T : struct, Enum => Enum.GetName((T)Enum.ToObject(typeof(T), subcode)) is { } name ? $" {name}" : "";
}
