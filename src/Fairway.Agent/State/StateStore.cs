using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fairway.Agent.State;

/// <summary>
/// The directory of <c>--state</c> (design D16): one file a subject, replaced as a whole by rename, headed by version and checksum.
/// What cannot be read is set aside; what cannot be written stays in memory and is told by <see cref="Problem"/>.
/// </summary>
internal sealed class StateStore(string? directory)
{
    private const string Version = "fairway-state 1";

    /// <summary>Why what was last to be written of some subject is not on disk, or null.</summary>
    public string? Problem => _unsaved.Values.FirstOrDefault();

    /// <summary>Files set aside since the start, for a warning each.</summary>
    public IReadOnlyList<string> SetAside => _setAside;

    private readonly List<string> _setAside = [];
    private readonly ConcurrentDictionary<string, string> _unsaved = [];

    public T? Load<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        var path = PathOf(name);
        if (path is null || !File.Exists(path))
        {
            return null;
        }

        try
        {
            return Parse(File.ReadAllText(path), type) ?? throw new InvalidDataException("it is empty");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            PutAside(path, error.Message);
            return null;
        }
    }

    /// <summary>Whether nothing is left to be done: it is on disk, or no directory was given.</summary>
    public bool Save<T>(string name, T value, JsonTypeInfo<T> type)
    {
        if (PathOf(name) is not { } path)
        {
            return true;
        }

        try
        {
            Directory.CreateDirectory(directory!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Write(path + ".new", Format(JsonSerializer.Serialize(value, type)));
            File.Move(path + ".new", path, overwrite: true);
            _unsaved.TryRemove(name, out _);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _unsaved[name] = $"state is not saved, a restart would not remember: {error.Message}; make room in {directory} and let us write there, or choose another with --state";
            return false;
        }
    }

    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    private static string Format(string payload) => $"{Version} {Checksum(payload)}\n{payload}";

    private static T? Parse<T>(string text, JsonTypeInfo<T> type)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var payload = text[(end + 1)..];
        if (end < 0 || text[..end] != $"{Version} {Checksum(payload)}")
        {
            throw new InvalidDataException("version or checksum do not fit");
        }

        return JsonSerializer.Deserialize(payload, type);
    }

    private static string Checksum(string payload) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(payload)));

    private void PutAside(string path, string why)
    {
        var aside = path + ".bad";
        try
        {
            File.Move(path, aside, overwrite: true);
            _setAside.Add($"{path} could not be read ({why}); set aside as {aside}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _setAside.Add($"{path} could not be read ({why}) nor set aside ({error.Message})");
        }
    }

    private string? PathOf(string name) => directory is null ? null : Path.Combine(directory, name);
}
