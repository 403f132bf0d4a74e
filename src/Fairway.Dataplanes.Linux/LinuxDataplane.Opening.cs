using Fairway.Dataplanes.Linux.Netlink;
using Fairway.Dataplanes.Linux.Startup;
using Microsoft.Extensions.Logging;

namespace Fairway.Dataplanes.Linux;

public sealed partial class LinuxDataplane
{
    /// <summary>
    /// Opens the kernel of the network namespace that the calling thread is in, and reads its links and foreign routes.
    /// </summary>
    /// <exception cref="DataplaneException">It cannot work here; the message says what to do.</exception>
    public static async ValueTask<LinuxDataplane> OpenAsync(
        LinuxDataplaneOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var dataplane = Open(options, time, loggers.CreateLogger<LinuxDataplane>());
        try
        {
            await dataplane.StartAsync(cancellationToken).ConfigureAwait(false);
            return dataplane;
        }
        catch
        {
            await dataplane.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>All that depends on the calling thread: its network namespace and its capabilities.</summary>
    internal static LinuxDataplane Open(LinuxDataplaneOptions options, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new DataplaneException(string.Join(' ', problems));

        var zebra = ZebraSearch.Find();
        if (zebra is not null && ZebraSearch.IsZebraProtocol(options.Protocol))
            throw new DataplaneException(
                $"FRR's zebra (process {zebra}) runs in this network namespace and takes routes of the protocols 186 to 198 for its own. " +
                $"Choose another dataplane.protocol than {options.Protocol}, e.g. 200.");

        var ownership = new Ownership(options.Place, FindPrevious(options, zebra, logger));
        var dataplane = new LinuxDataplane(options, ownership, Sockets.Open(options.Protocol), time, logger);
        Log.Opened(logger, options.Table, options.Metric, options.Protocol);
        return dataplane;
    }

    /// <summary>The first reading.</summary>
    internal async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        await RefreshViewAsync(cancellationToken).ConfigureAwait(false);
        _events.Reset(View.Links);
    }

    // Routes that look like ours of an earlier run may be zebra's own by now.
    private static RoutePlace? FindPrevious(LinuxDataplaneOptions options, int? zebra, ILogger logger)
    {
        if (zebra is not { } process || options.Previous is not { } previous || !ZebraSearch.IsZebraProtocol(previous.Protocol))
            return options.Previous;

        Log.LeftToZebra(logger, previous, process);
        return null;
    }

    /// <summary>What is held open; opening takes all of it or nothing.</summary>
    private sealed record Sockets(NetlinkRequests Requests, NetlinkSocket Events, NamespaceLock Lock)
    {
        public static Sockets Open(byte protocol)
        {
            var requests = new NetlinkRequests(NetlinkSocket.Open());
            NetlinkSocket? events = null;
            try
            {
                RequirePermission(requests);
                events = NetlinkSocket.Open();
                return new(requests, events, NamespaceLock.Take(protocol));
            }
            catch
            {
                events?.Dispose();
                requests.Dispose();
                throw;
            }
        }

        // A removal without the struct it needs: the kernel looks at the permission first, and can do nothing with the rest.
        private static void RequirePermission(NetlinkRequests requests)
        {
            var answer = requests.Ask(NetlinkType.DeleteRoute, body: 0);
            if (answer.Code is Errno.NotPermitted)
                throw new DataplaneException(
                    "Changing routes needs the capability CAP_NET_ADMIN: run as root, grant it (systemd: AmbientCapabilities=CAP_NET_ADMIN; " +
                    "Kubernetes: securityContext.capabilities.add: [NET_ADMIN]), or run with --dataplane none.");
        }
    }
}
