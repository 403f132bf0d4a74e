using System.Globalization;
using System.Runtime.InteropServices;
using Fairway.Net;
using Fairway.Net.NextHops;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairway.Dataplanes.Linux.Tests.Kernel;

/// <summary>
/// A network namespace of one test, with two cables plugged in: eth0 (192.0.2.1/24, 2001:db8::1/64) and eth1 (198.51.100.1/24,
/// 2001:db8:1::1/64). Their far ends, far0 and far1, take the carrier away when they go down.
/// </summary>
internal sealed partial class TestNamespace : IAsyncDisposable
{
    private static int s_count;
    private readonly List<LinuxDataplane> _dataplanes = [];

    public TestNamespace()
    {
        Assert.True(Environment.IsPrivilegedProcess, "needs root: run ./test.sh");
        Name = string.Create(CultureInfo.InvariantCulture, $"fwt-{Environment.ProcessId}-linux{Interlocked.Increment(ref s_count)}");
        Shell.Run("ip", "netns", "add", Name);
        Ip("link set lo up");
        AddCable(0, "192.0.2.1/24", "2001:db8::1/64");
        AddCable(1, "198.51.100.1/24", "2001:db8:1::1/64");
    }

    public string Name { get; }

    /// <summary>A namespace and an open dataplane in it, which has read the kernel once.</summary>
    public static async Task<(TestNamespace Namespace, LinuxDataplane Dataplane)> OpenedAsync(LinuxDataplaneOptions? options = null)
    {
        var space = new TestNamespace();
        var dataplane = await space.OpenAsync(options);
        await dataplane.ReadAsync(CancellationToken.None);
        return (space, dataplane);
    }

    /// <summary>iproute2 in the namespace; words are parted by spaces.</summary>
    public string Ip(string command) => Shell.Run("ip", ["-n", Name, .. command.Split(' ')]);

    /// <summary>Commands of iproute2, all in one run.</summary>
    public void IpBatch(IEnumerable<string> commands) => Shell.Run(string.Join('\n', commands), "ip", ["-n", Name, "-batch", "-"]);

    /// <summary>Any other program in the namespace.</summary>
    public string Exec(params string[] command) => Shell.Run("ip", ["netns", "exec", Name, .. command]);

    /// <summary>What iproute2 shows of a protocol in all tables, IPv4 first, less the router preference that IPv6 routes always have.</summary>
    public string[] Routes(int protocol = 196) =>
        [.. Lines($"-4 -N route show table all proto {protocol}"), .. Lines($"-6 -N route show table all proto {protocol}")];

    public string[] Lines(string command) =>
        [.. Ip(command).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Replace(" pref medium", "", StringComparison.Ordinal).TrimEnd())];

    public ResolvedHop Hop(string? gateway, string link, int weight = 1) =>
        new(gateway is null ? null : IpAddr.Parse(gateway), link, IndexOf(link), weight);

    /// <summary>Opens sockets on a thread that entered the namespace; sockets stay where they were opened.</summary>
    public async Task<LinuxDataplane> OpenAsync(LinuxDataplaneOptions? options = null)
    {
        var dataplane = await Enter(() => LinuxDataplane.OpenAsync(options ?? new(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None).AsTask());
        _dataplanes.Add(dataplane);
        return dataplane;
    }

    /// <summary>Runs something on a thread of its own that entered the namespace.</summary>
    public Task<T> Enter<T>(Func<Task<T>> run)
    {
        var done = new TaskCompletionSource<Task<T>>();
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle($"/run/netns/{Name}");
                Assert.Equal(0, SetNamespace(file, 0));
                done.SetResult(run());
            }
            catch (Exception problem)
            {
                done.SetException(problem);
            }
        });
        thread.Start();
        return done.Task.Unwrap();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var dataplane in _dataplanes)
            await dataplane.DisposeAsync();
        Shell.Run("ip", "netns", "delete", Name);
    }

    private void AddCable(int number, params string[] addresses)
    {
        Ip($"link add eth{number} type veth peer name far{number}");
        Ip($"link set far{number} addrgenmode none up");
        foreach (var address in addresses)
            Ip($"address add {address} dev eth{number}{(address.Contains(':', StringComparison.Ordinal) ? " nodad" : "")}");
        Ip($"link set eth{number} up");
    }

    private int IndexOf(string link) => int.Parse(Ip($"-o link show {link}").Split(':')[0], CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeHandle file, int kind);
}
