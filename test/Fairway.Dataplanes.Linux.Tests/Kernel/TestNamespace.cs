using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Testing.Time;
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
        Exec("sh", "-c", "echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad");
        AddCable(0, "192.0.2.1/24", "2001:db8::1/64");
        AddCable(1, "198.51.100.1/24", "2001:db8:1::1/64");
        // Carriers come a moment after the links, and link-local addresses with them; tests start when all is quiet.
        Assert.True(SpinWait.SpinUntil(() => Lines("-6 address show scope link").Count(line => line.Contains("inet6", StringComparison.Ordinal)) == 2, TimeSpan.FromSeconds(20)));
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
    public async Task<LinuxDataplane> OpenAsync(LinuxDataplaneOptions? options = null, TimeProvider? time = null)
    {
        var dataplane = Enter(() => LinuxDataplane.Open(options ?? new(), time ?? TimeProvider.System, NullLogger.Instance));
        _dataplanes.Add(dataplane);
        await dataplane.StartAsync(CancellationToken.None);
        return dataplane;
    }

    /// <summary>
    /// Opens after another dataplane was closed. A process that a test beside us starts holds our descriptors for the moment between
    /// fork and exec, and the lock with them.
    /// </summary>
    public async Task<LinuxDataplane> ReopenAsync(LinuxDataplaneOptions? options = null)
    {
        LinuxDataplane? dataplane = null;
        await Eventually.HoldsAsync(Opens, "the lock is free");
        return dataplane!;

        async ValueTask<bool> Opens() => (dataplane = await TryOpenAsync(options)) is not null;
    }

    private async Task<LinuxDataplane?> TryOpenAsync(LinuxDataplaneOptions? options)
    {
        try
        {
            return await OpenAsync(options);
        }
        catch (DataplaneException problem) when (problem.Message.Contains("already", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>
    /// Runs something on a thread of its own that entered the namespace. Nothing must go on asynchronously from there: threads inherit
    /// namespace and capabilities from the one that starts them, also those of the pool.
    /// </summary>
    public T Enter<T>(Func<T> run)
    {
        T? result = default;
        ExceptionDispatchInfo? problem = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle($"/run/netns/{Name}");
                Assert.Equal(0, SetNamespace(file, 0));
                result = run();
            }
            catch (Exception caught)
            {
                problem = ExceptionDispatchInfo.Capture(caught);
            }
        });
        thread.Start();
        thread.Join();
        problem?.Throw();
        return result!;
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
