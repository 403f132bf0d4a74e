using Fairway.Sources.Files;
using Fairway.Speakers;

namespace Fairway.Agent.State;

/// <summary>
/// Decides when state goes to disk: at once after a change, but each file at most every 5 s, and while sessions are up every 10 s as a sign of
/// life, since the next start must know how long ago they were up. What could not be written is tried again after 5 s.
/// </summary>
internal sealed class StateKeeper(StateStore store, NodeState kept, Func<NodeState> node, Func<bool> isRelearning, TimeProvider time)
{
    public const string NodeFile = "node.json";
    public const string FilesFile = "files.json";

    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    private readonly NodeState _kept = kept;
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

        // Until re-learning is complete another restart must wait for the same peers as this one, though some are not back yet.
        if (!isRelearning() && ((pause >= SignOfLife && peersUp.Count > 0) || (pause >= LeastPause && Differs(peersUp))))
        {
            SaveNode(peersUp);
        }

        if (now - _filesSavedAt >= LeastPause)
        {
            SaveFiles(files);
        }

        UntilDue = Differs(peersUp) || !ReferenceEquals(files, _files) ? LeastPause : SignOfLife;
    }

    /// <summary>The last word before the agent ends: these sessions are up, or none where routes are withdrawn.</summary>
    public void SaveLast(StopPolicy policy, IReadOnlyList<PeerUp> peersUp, FilesSnapshot files)
    {
        var awaited = isRelearning() ? _kept.PeersUp.Where(peer => !peersUp.Any(up => up.Address == peer.Address && up.Interface == peer.Interface)) : [];
        SaveNode(policy is StopPolicy.Keep ? [.. peersUp, .. awaited] : []);
        SaveFiles(files);
    }

    private void SaveNode(IReadOnlyList<PeerUp> peersUp)
    {
        _nodeSavedAt = time.GetUtcNow();
        var next = node() with { WrittenAt = _nodeSavedAt, PeersUp = peersUp };
        if (store.Save(NodeFile, next, StateJson.Default.NodeState))
        {
            _node = next;
        }
    }

    private void SaveFiles(FilesSnapshot files)
    {
        if (files.IsComplete && !ReferenceEquals(files, _files))
        {
            _filesSavedAt = time.GetUtcNow();
            if (store.Save(FilesFile, files.ToState(), StateJson.Default.FilesState))
            {
                _files = files;
            }
        }
    }

    private bool Differs(IReadOnlyList<PeerUp> peersUp) =>
        node() with { WrittenAt = _node.WrittenAt, PeersUp = _node.PeersUp } != _node || !Same(_node.PeersUp, peersUp);

    private static bool Same(IReadOnlyList<PeerUp> left, IReadOnlyList<PeerUp> right) => left.Count == right.Count
        && left.Zip(right).All(pair => pair.First.Address == pair.Second.Address
            && pair.First.Interface == pair.Second.Interface
            && pair.First.GracefulRestartFamilies.SequenceEqual(pair.Second.GracefulRestartFamilies));
}
