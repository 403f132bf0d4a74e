using System.Globalization;

namespace Fairway.Interop.Rig;

/// <summary>
/// A network of namespaces for one test. Everything bears the prefix fwt-PID-N-, so that labs never meet and
/// test.sh can sweep what a killed run left. Disposal writes all logs to the test's output, ends the processes and deletes the namespaces.
/// </summary>
internal sealed class NetworkLab : IAsyncDisposable
{
    private static int labs;
    private readonly ITestOutputHelper output;
    private readonly string prefix;
    private readonly List<LabNode> nodes = [];
    private readonly List<LabProcess> processes = [];

    public NetworkLab(ITestOutputHelper output)
    {
        if (!Environment.IsPrivilegedProcess)
            throw new MissingToolException("network namespaces need root: run ./test.sh as root");
        this.output = output;
        prefix = string.Create(CultureInfo.InvariantCulture, $"fwt-{Environment.ProcessId}-{Interlocked.Increment(ref labs)}-");
        Folder = Directory.CreateDirectory(Path.Combine("/tmp", prefix + "files")).FullName;
    }

    /// <summary>Scratch folder for configurations and sockets; deleted with the lab.</summary>
    public string Folder { get; }

    /// <summary>A namespace with loopback up, forwarding in both families, no address detection, no reverse-path filter.</summary>
    public LabNode AddNode(string name)
    {
        var node = new LabNode(this, name, prefix + name);
        Tool.Run("ip", "netns", "add", node.Namespace);
        nodes.Add(node);
        node.Exec("ip", "link", "set", "lo", "up");
        foreach (var scope in new[] { "all", "default" })
        {
            node.Sysctl($"ipv6/conf/{scope}/accept_dad", "0");
            node.Sysctl($"ipv6/conf/{scope}/forwarding", "1");
            node.Sysctl($"ipv4/conf/{scope}/rp_filter", "0");
        }
        node.Sysctl("ipv4/ip_forward", "1");
        return node;
    }

    /// <summary>A cable. The interface at each end is called "to-" and the other node's name.</summary>
    public void Connect(LabNode left, string[] leftAddresses, LabNode right, string[] rightAddresses)
    {
        Assert.True(nodes.Contains(left) && nodes.Contains(right), "both ends of a cable belong to this lab");
        var leftName = $"to-{right.Name}";
        var rightName = $"to-{left.Name}";
        left.Exec("ip", "link", "add", leftName, "type", "veth", "peer", "name", rightName, "netns", right.Namespace);
        left.Up(leftName, leftAddresses);
        right.Up(rightName, rightAddresses);
    }

    /// <summary>A node that is an Ethernet switch: one bridge, to which <see cref="Attach"/> plugs others.</summary>
    public LabNode AddSwitch(string name)
    {
        var node = AddNode(name);
        node.Exec("ip", "link", "add", "bridge", "type", "bridge");
        node.Up("bridge", []);
        return node;
    }

    /// <summary>Plugs a node into a switch by its interface "to-SWITCH".</summary>
    public void Attach(LabNode @switch, LabNode node, params string[] addresses)
    {
        Connect(node, addresses, @switch, []);
        @switch.Exec("ip", "link", "set", $"to-{node.Name}", "master", "bridge");
    }

    /// <summary>Writes a file into <see cref="Folder"/> and returns its path.</summary>
    public string WriteFile(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    public ValueTask DisposeAsync()
    {
        foreach (var process in processes)
            output.WriteLine(process.Describe());
        foreach (var process in processes)
            process.Dispose();
        foreach (var node in nodes)
        {
            foreach (var child in node.ProcessIds())
                LabProcess.Kill(child); // what our processes started and left behind
            Tool.Run("ip", "netns", "delete", node.Namespace);
        }
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal LabProcess Keep(LabProcess process)
    {
        processes.Add(process);
        return process;
    }
}
