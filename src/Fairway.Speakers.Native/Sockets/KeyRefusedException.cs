namespace Fairway.Speakers.Native.Sockets;

/// <summary>A TCP MD5 key that the kernel would not take.</summary>
internal sealed class KeyRefusedException(string reason) : Exception(reason);
