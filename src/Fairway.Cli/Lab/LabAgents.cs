using Fairway.Agent;
using Fairway.Contracts.V1;
using Microsoft.Extensions.Logging;

namespace Fairway.Cli.Lab;

/// <summary>What one agent of the lab holds, as it told over its socket.</summary>
internal sealed record LabSight(LabNode Node, IReadOnlyList<PeerStatus> Peers, IReadOnlyList<PrefixStatus> Prefixes, IReadOnlyList<Route> Routes)
{
    /// <summary>What is missing to convergence, or null: a session, or a prefix of another agent.</summary>
    public string? Missing
    {
        get
        {
            var down = Peers.FirstOrDefault(peer => peer.State != "Established");
            var held = Routes.Where(route => route.Best).Select(route => route.Prefix).ToHashSet();
            var prefix = LabFiles.Nodes.Where(other => other != Node).SelectMany(other => other.Prefixes).FirstOrDefault(prefix => !held.Contains(prefix));
            return (down, prefix) switch
            {
                _ when Peers.Count < Node.Peers.Count => $"{Node.Name} has {Peers.Count} of {Node.Peers.Count} peers",
                ({ } peer, _) => $"{Node.Name}: session to {peer.Name} is {peer.State}{(peer.HasLastError ? $" ({peer.LastError})" : "")}",
                (_, { } missing) => $"{Node.Name} does not hold {missing}",
                _ => null,
            };
        }
    }
}

/// <summary>The running agents of the lab, each asked over its own socket.</summary>
internal sealed class LabAgents : IAsyncDisposable
{
    private readonly List<(LabNode Node, AgentHost Host, AgentClient Client)> _agents = [];

    public static async Task<LabAgents> StartAsync(LabFiles files, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var agents = new LabAgents();
        try
        {
            foreach (var node in LabFiles.Nodes)
            {
                var host = await AgentHost.StartAsync(files.Options(node), TimeProvider.System, loggers, cancellationToken);
                agents._agents.Add((node, host, new AgentClient(files.Socket(node))));
            }
        }
        catch
        {
            await agents.DisposeAsync();
            throw;
        }

        return agents;
    }

    public async Task<IReadOnlyList<LabSight>> LookAsync(CancellationToken cancellationToken)
    {
        var sights = new List<LabSight>();
        foreach (var (node, _, client) in _agents)
        {
            sights.Add(new LabSight(
                node,
                await client.ListPeersAsync(cancellationToken),
                await client.ListPrefixesAsync(cancellationToken),
                await client.ListRoutesAsync(new ListRoutesRequest(), cancellationToken)));
        }

        return sights;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, host, client) in _agents)
        {
            client.Dispose();
            await host.DisposeAsync();
        }
    }
}
