using Fairway.Intents.Model;
using Fairway.Net.Options;

namespace Fairway.Sources.Files.Reading;

/// <summary>
/// Reads the password files that peers name. One that was read once stays in force while its file cannot be read, so that a file that is
/// being replaced takes no session down.
/// </summary>
internal sealed class SecretReader
{
    private const int MaxFileBytes = 4096;

    // linux/tcp.h: TCP_MD5SIG_MAXKEYLEN
    private const int MaxKeyBytes = 80;

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private readonly record struct Entry(SecretValue Value, string? Problem);

    /// <summary>The secret in force for the path.</summary>
    public SecretValue ValueOf(string path) => _entries.TryGetValue(path, out var entry) ? entry.Value : SecretValue.Missing($"{path} was not read");

    /// <summary>Secrets that can be used.</summary>
    public IEnumerable<KeyValuePair<string, SecretValue>> Known =>
        _entries.Where(pair => !pair.Value.Value.IsMissing).Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Value));

    public void Restore(string path, string value) => _entries[path] = new(SecretValue.Of(value), null);

    /// <summary>Reads the named files, forgets all others; true when something differs.</summary>
    public bool Read(IReadOnlySet<string> paths)
    {
        var forgotten = _entries.Keys.Where(path => !paths.Contains(path)).ToList();
        forgotten.ForEach(path => _entries.Remove(path));
        var changed = forgotten.Count > 0;
        foreach (var path in paths)
        {
            var read = ReadFile(path);
            var isKnown = _entries.TryGetValue(path, out var known);
            var now = read.IsMissing && isKnown && !known.Value.IsMissing ? new Entry(known.Value, read.Problem) : new Entry(read, read.Problem);
            changed |= !isKnown || now != known;
            _entries[path] = now;
        }

        return changed;
    }

    /// <summary>What is wrong with the secret of a peer, or null.</summary>
    public SourceProblem? ProblemOf(PeerIntent peer)
    {
        if (peer.PasswordFile is not { } file || !_entries.TryGetValue(file.Path, out var entry) || entry.Problem is null)
        {
            return null;
        }

        var effect = entry.Value.IsMissing ? "the peer stays down" : "the password that was read before stays in force";
        return new(ProblemSeverity.Error, ProblemReason.SecretMissing, $"{entry.Problem}; {effect}")
        {
            File = peer.Origin.File,
            Line = file.Line,
            Object = peer.Origin.ToString(),
            Field = "spec.passwordFrom.file",
        };
    }

    public static SecretValue ReadFile(string path)
    {
        try
        {
            // Opening a FIFO would wait for its writer.
            if (FileStamp.Of(path, out var error) is not { IsRegular: true })
            {
                return SecretValue.Missing($"cannot read {path}: {error ?? "it is not a regular file"}");
            }

            return BoundedFile.Read(path, MaxFileBytes) is { } bytes ? Parse(path, bytes) : TooLong(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return SecretValue.Missing($"cannot read {path}: {IoError.Describe(exception)}");
        }
    }

    private static SecretValue Parse(string path, byte[] bytes)
    {
        var key = bytes.AsSpan().TrimEnd("\r\n"u8);
        return key.Length switch
        {
            0 => SecretValue.Missing($"{path} is empty"),
            > MaxKeyBytes => TooLong(path),
            _ => BoundedFile.Decode(key, out _) is { } text ? SecretValue.Of(text) : SecretValue.Missing($"{path} is not UTF-8 text"),
        };
    }

    private static SecretValue TooLong(string path) => SecretValue.Missing($"the password in {path} is longer than {MaxKeyBytes} octets, the most that TCP MD5 takes");
}
