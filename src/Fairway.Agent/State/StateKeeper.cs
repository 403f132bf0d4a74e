using Fairway.Sources.Files;

namespace Fairway.Agent.State;

/// <summary>
/// Decides when state goes to disk: at once after a change, but each file at most every 5 s, and while sessions are up every 10 s as a sign of
/// life, since the next start must know how long ago they were up.
/// </summary>
internal sealed class StateKeeper(StateStore store, NodeState kept, NodeRouterId routerId, KernelPlace? kernel, Func<TimeSpan> restartTime, TimeProvider time)
{
    public const string NodeFile = "node.json";
    public const string FilesFile = "files.json";

    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    private readonly string? _bootId = HostIdentity.BootId();
    private readonly string? _networkNamespace = HostIdentity.NetworkNamespace();
    private NodeState _node = kept;
    private FilesSnapshot? _files;
    private DateTimeOffset _nodeSavedAt;
    private DateTimeOffset _filesSavedAt;

    /// <summary>Until <see cref="SaveIfDue"/> has something to do.</summary>
    public TimeSpan UntilDue { get; private set; } = SignOfLife;

    public void SaveIfDue(IReadOnlyList<PeerUp> peersUp, FilesSnapshot files)
    {
        var now = time.GetUtcNow();
        var pause = now - _nodeSavedAt;
        if (pause >= SignOfLife && peersUp.Count > 0 || pause >= LeastPause && Differs(peersUp))
        {
            SaveNode(peersUp);
        }

        if (files.IsComplete && !ReferenceEquals(files, _files) && now - _filesSavedAt >= LeastPause)
        {
            (_files, _filesSavedAt) = (files, now);
            store.Save(FilesFile, files.ToState(), StateJson.Default.FilesState);
        }

        UntilDue = Differs(peersUp) || !ReferenceEquals(files, _files) ? LeastPause : SignOfLife;
    }

    /// <summary>The last word before the agent ends: these sessions are up, or none where routes were withdrawn.</summary>
    public void SaveNode(IReadOnlyList<PeerUp> peersUp)
    {
        _node = new NodeState
        {
            RouterId = routerId.Chosen?.ToString(),
            BootId = _bootId,
            NetworkNamespace = _networkNamespace,
            WrittenAt = _nodeSavedAt = time.GetUtcNow(),
            PeersUp = peersUp,
            RestartTimeSeconds = (int)restartTime().TotalSeconds,
            Kernel = kernel,
        };
        store.Save(NodeFile, _node, StateJson.Default.NodeState);
    }

    private bool Differs(IReadOnlyList<PeerUp> peersUp) =>
        _node.RouterId != routerId.Chosen?.ToString() || _node.Kernel != kernel || _node.BootId != _bootId || !Same(_node.PeersUp, peersUp);

    private static bool Same(IReadOnlyList<PeerUp> left, IReadOnlyList<PeerUp> right) => left.Count == right.Count
        && left.Zip(right).All(pair => pair.First.Address == pair.Second.Address
            && pair.First.Interface == pair.Second.Interface
            && pair.First.GracefulRestartFamilies.SequenceEqual(pair.Second.GracefulRestartFamilies));
}
