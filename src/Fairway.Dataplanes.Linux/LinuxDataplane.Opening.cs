using Fairway.Dataplanes.Linux.Netlink;
using Fairway.Dataplanes.Linux.Startup;
using Microsoft.Extensions.Logging;

namespace Fairway.Dataplanes.Linux;

public sealed partial class LinuxDataplane
{
    // All sockets are opened here, on the calling thread: they stay in its network namespace.
    private static LinuxDataplane Open(LinuxDataplaneOptions options, TimeProvider time, ILogger logger)
    {
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new DataplaneException(string.Join(' ', problems));

        var zebra = ZebraSearch.Find();
        if (zebra is not null && ZebraSearch.IsZebraProtocol(options.Protocol))
            throw new DataplaneException(
                $"FRR's zebra (process {zebra}) runs in this network namespace and takes routes of the protocols 186 to 198 for its own. " +
                $"Choose another dataplane.protocol than {options.Protocol}, e.g. 200.");

        var @lock = NamespaceLock.Take(options.Protocol);
        try
        {
            var dataplane = new LinuxDataplane(options, FindPrevious(options, zebra, logger), @lock, time, logger);
            Log.Opened(logger, options.Table, options.Metric, options.Protocol);
            return dataplane;
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    // Routes that look like ours of an earlier run may be zebra's own by now.
    private static RoutePlace? FindPrevious(LinuxDataplaneOptions options, int? zebra, ILogger logger)
    {
        if (zebra is not { } process || options.Previous is not { } previous || !ZebraSearch.IsZebraProtocol(previous.Protocol))
            return options.Previous;

        Log.LeftToZebra(logger, previous, process);
        return null;
    }

    // A removal without the struct it needs: the kernel looks at the permission first, and can do nothing with the rest.
    private void RequirePermission()
    {
        var answer = _requests.Ask(NetlinkType.DeleteRoute, body: 0);
        if (answer.Code is Errno.NotPermitted)
            throw new DataplaneException(
                "Changing routes needs the capability CAP_NET_ADMIN: run as root, grant it (systemd: AmbientCapabilities=CAP_NET_ADMIN; " +
                "Kubernetes: securityContext.capabilities.add: [NET_ADMIN]), or run with --dataplane none.");
    }
}
