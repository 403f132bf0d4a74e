namespace Fairway.Interop.Rig;

/// <summary>One machine of a <see cref="NetworkLab"/>: a network namespace in which commands and daemons run.</summary>
internal sealed class LabNode(NetworkLab lab, string name, string @namespace)
{
    public NetworkLab Lab { get; } = lab;

    public string Name { get; } = name;

    /// <summary>The namespace's name for <c>ip netns</c>.</summary>
    public string Namespace { get; } = @namespace;

    /// <summary>Runs a command to its end and returns its standard output; a non-zero exit code throws.</summary>
    public string Exec(params string[] command)
        => Tool.Run("ip", ["netns", "exec", Namespace, Tool.Find(command[0]), .. command[1..]]);

    /// <summary>Starts a program that runs until it is stopped or the lab ends.</summary>
    public LabProcess Start(params string[] command) => Lab.Keep(new LabProcess(Namespace, command));

    public void LinkUp(string device) => Exec("ip", "link", "set", device, "up");

    public void LinkDown(string device) => Exec("ip", "link", "set", device, "down");

    /// <summary>Adds an address such as 192.0.2.1/32 to an interface, by default to loopback.</summary>
    public void AddAddress(string address, string device = "lo")
    {
        string[] flags = address.Contains(':') ? ["nodad"] : [];
        Exec(["ip", "address", "add", address, "dev", device, .. flags]);
    }

    /// <summary>Sets one of /proc/sys/net, e.g. "ipv4/ip_forward".</summary>
    public void Sysctl(string key, string value) => Exec("sh", "-c", $"echo {value} > /proc/sys/net/{key}");

    /// <summary>Every process that runs in this namespace now.</summary>
    internal int[] ProcessIds()
        => [.. Tool.Run("ip", "netns", "pids", Namespace).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

    internal void Up(string device, string[] addresses)
    {
        foreach (var address in addresses)
            AddAddress(address, device);
        LinkUp(device);
    }
}
