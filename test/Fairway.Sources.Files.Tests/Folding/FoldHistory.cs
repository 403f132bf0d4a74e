using Fairway.Dialects;
using Fairway.Intents.Model;
using Fairway.Sources.Files.Folding;
using Fairway.Sources.Files.Reading;

namespace Fairway.Sources.Files.Tests.Folding;

/// <summary>One look at a directory after the other, with a clock that the test moves.</summary>
internal sealed class FoldHistory
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, DialectCompiler> _compilers = [];

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public FoldResult Result { get; private set; } = new(FilesInForce.Nothing, FilesCondition.Starting, [], 0, null);

    /// <summary>Objects in force, those that are outdated with a star.</summary>
    public string InForce => string.Join(' ', Result.InForce.Objects.Values.OrderBy(kept => kept.Id).Select(kept => kept.Id + (kept.Outdated is null ? "" : "*")));

    public string Reasons => string.Join(' ', Result.Problems.Select(problem => problem.Reason));

    public PeerIntent Peer(string name) => (PeerIntent)Result.InForce.Objects[new("BgpPeer", name)].Intents[0];

    public void Wait(TimeSpan time) => Now += time;

    /// <summary>The directory holds these files; the inode of a file is its name's unless it is given.</summary>
    public void Look(params (string Name, string Text)[] files) =>
        Look(new DirectoryReading(FilesCondition.Ready, null, [.. files.Select(file => Read(file.Name, file.Text, file.Name))]));

    /// <summary>One file that was renamed: it keeps the inode of its old name.</summary>
    public void LookAtRenamed(string from, string to, string text) => Look(new DirectoryReading(FilesCondition.Ready, null, [Read(to, text, from)]));

    public void LookAtNoDirectory() =>
        Look(new DirectoryReading(FilesCondition.Missing, new SourceProblem(ProblemSeverity.Warning, ProblemReason.Unreadable, "gone"), []));

    private void Look(DirectoryReading reading) => Result = FilesFold.Fold(Result.InForce, reading, Now, Grace);

    private FileReading Read(string name, string text, string inodeOf)
    {
        var compiler = _compilers.TryGetValue(name, out var known) ? known : _compilers[name] = new DialectCompiler(Owner.FilesFairway);
        return FileReading.Of(compiler.Compile(name, text), new FileId(1, (ulong)inodeOf.GetHashCode(StringComparison.Ordinal)), text.EndsWith('\n'));
    }
}
