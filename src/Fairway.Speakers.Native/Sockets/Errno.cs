namespace Fairway.Speakers.Native.Sockets;

/// <summary>Linux error numbers that we tell apart.</summary>
internal enum Errno
{
    NoEntry = 2,
}
