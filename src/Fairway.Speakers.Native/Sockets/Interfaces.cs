using System.Net.NetworkInformation;

namespace Fairway.Speakers.Native.Sockets;

/// <summary>Interface names and indexes, read from the kernel each time: an interface may come and go.</summary>
internal static class Interfaces
{
    /// <summary>The index of an interface, or 0 when there is none of that name.</summary>
    public static uint IndexOf(string name) => LibC.InterfaceIndex(name);

    /// <summary>The name of an interface, or null.</summary>
    public static string? NameOf(long index) =>
        Array.Find(NetworkInterface.GetAllNetworkInterfaces(), candidate => IndexOf(candidate.Name) == index)?.Name;
}
