using Fairway.Dialects.Schema;
using Fairway.Net.Options;

namespace Fairway.Dialects.Native;

/// <summary>What gracefulRestart holds, of the instance and of a peer (RFC 4724).</summary>
internal static class GracefulRestartFields
{
    public static readonly Field<GracefulRestartMode> Mode = new("mode", Types.Word(
        ("full", GracefulRestartMode.Full),
        ("helper", GracefulRestartMode.Helper),
        ("off", GracefulRestartMode.Off)))
    {
        Default = GracefulRestartMode.Full,
    };

    public static readonly Field<TimeSpan> RestartTime = new("restartTime", Durations.Seconds(0, 4095)) { Note = "12 bits on the wire (RFC 4724 §3); default 120s" };

    public static readonly Field<TimeSpan> SelectionDeferral = new("selectionDeferral", Durations.Seconds(0, 3600)) { Default = TimeSpan.FromSeconds(30) };

    public static readonly Field<TimeSpan> LongLivedStaleTime = new("longLivedStaleTime", Durations.Seconds(0, 0xFFFFFF))
    {
        Default = TimeSpan.Zero,
        NotBuilt = "long-lived graceful restart (RFC 9494)",
    };

    public static readonly Field<bool> Notification = new("notification", Types.Bool) { Default = false, NotBuilt = "graceful restart on NOTIFICATION (RFC 8538)" };

    public static readonly ObjectType Instance = new(Mode, RestartTime, SelectionDeferral, LongLivedStaleTime, Notification);

    public static readonly ObjectType Peer = new(Mode, RestartTime);
}
