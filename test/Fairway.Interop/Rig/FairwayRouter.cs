using System.Globalization;
using System.Text.Json;

namespace Fairway.Interop.Rig;

/// <summary>The agent under test in a namespace: the real executable, its directory of documents, its socket, its state.</summary>
internal sealed class FairwayRouter
{
    private readonly LabNode node;
    private readonly string[] flags;

    private FairwayRouter(LabNode node, string[] flags)
    {
        this.node = node;
        this.flags = flags;
        Documents = Directory.CreateDirectory(Path.Combine(node.Lab.Folder, $"{node.Name}.d")).FullName;
        Socket = Path.Combine(node.Lab.Folder, $"{node.Name}.sock");
        State = Path.Combine(node.Lab.Folder, $"{node.Name}.state");
        Process = null!;
    }

    /// <summary>The directory given as --files.</summary>
    public string Documents { get; }

    public string Socket { get; }

    /// <summary>The directory given as --state.</summary>
    public string State { get; }

    /// <summary>A command that runs the agent in its place, e.g. setpriv with fewer capabilities.</summary>
    public string[] Wrapper { get; set; } = [];

    /// <summary>The executable; another path stands for an upgrade.</summary>
    public string Binary { get; set; } = BuiltBinary();

    public LabProcess Process { get; private set; }

    /// <summary>Starts the agent with one file of documents and waits until it answers; more flags may follow.</summary>
    public static async Task<FairwayRouter> StartAsync(LabNode node, string documents, params string[] flags)
    {
        var router = Prepare(node, documents, flags);
        await router.StartAgainAsync();
        return router;
    }

    /// <summary>An agent that is not started yet.</summary>
    public static FairwayRouter Prepare(LabNode node, string documents, params string[] flags)
    {
        var router = new FairwayRouter(node, flags);
        router.Write("node.yaml", documents);
        return router;
    }

    /// <summary>Starts the executable on the same documents and state.</summary>
    public async Task StartAgainAsync()
    {
        Launch();
        await Eventually.True(() => Process.HasExited || Answers(), $"{node.Name}: the agent answers", () => Process.Describe());
        Assert.False(Process.HasExited, Process.Describe());
    }

    /// <summary>Starts the executable without waiting for anything.</summary>
    public void Launch() => Process = node.Start(
    [
        .. Wrapper, Binary, "agent", "--node", node.Name, "--files", Documents, "--socket", Socket, "--http", "127.0.0.1:9179",
        "--state", State, .. flags,
    ]);

    /// <summary>Puts a document in place in one step, as an editor or kubelet does.</summary>
    public void Write(string file, string text)
    {
        var hidden = Path.Combine(Documents, "." + file);
        File.WriteAllText(hidden, text);
        File.Move(hidden, Path.Combine(Documents, file), overwrite: true);
    }

    public void Remove(string file) => File.Delete(Path.Combine(Documents, file));

    public Task KillAsync() => Process.KillAsync();

    public Task TerminateAsync() => Process.TerminateAsync();

    /// <summary>A command of the CLI as JSON, e.g. Ask("routes") or Ask("explain", "192.0.2.0/24"). Exit code 2 is an answer too.</summary>
    public JsonElement Ask(params string[] command)
    {
        var script = string.Join(' ', command.Prepend(Binary).Select(word => $"'{word}'"));
        var answer = Tool.Run("sh", "-c", $"{script} --socket '{Socket}' -o json || [ $? -eq 2 ]");
        return JsonDocument.Parse(answer).RootElement;
    }

    /// <summary>The rows of a table, e.g. Rows("peers").</summary>
    public IReadOnlyList<JsonElement> Rows(params string[] command) => [.. Ask(command).GetProperty("items").EnumerateArray()];

    /// <summary>The exit code of a command of the CLI.</summary>
    public int ExitCode(params string[] command)
        => int.Parse(
            Tool.Run("sh", ["-c", "\"$@\" >/dev/null 2>&1; echo $?", "sh", Binary, .. command, "--socket", Socket]), CultureInfo.InvariantCulture);

    /// <summary>The learned routes in the notation of every daemon.</summary>
    public IReadOnlyList<SeenRoute> Routes()
        => [.. Rows("routes").Select(FairwayOutput.Route).Where(route => route.From.Length > 0)];

    /// <summary>The best routes learned from a peer.</summary>
    public IReadOnlyList<SeenRoute> LearnedFrom(string peer) => [.. Routes().Where(route => route.Best && route.From == peer)];

    /// <summary>The best learned routes by prefix.</summary>
    public IReadOnlyDictionary<string, JsonElement> Best()
        => Rows("routes")
            .Where(route => route.GetProperty("best").GetBoolean() && route.GetProperty("peer").ValueKind is JsonValueKind.String)
            .ToDictionary(route => route.GetProperty("prefix").GetString()!);

    public string PeerState(string name)
        => Rows("peers").Where(peer => peer.GetProperty("name").GetString() == name).Select(peer => peer.GetProperty("state").GetString()!).SingleOrDefault("absent");

    public async Task EstablishedAsync(string peer)
        => await Eventually.True(() => PeerState(peer) == "Established", $"{node.Name}: session {peer} is up", () => Ask("peers").ToString());

    /// <summary>Waits until the state on disk lists a session, so that the next start knows of it however this one ends.</summary>
    public async Task RemembersAsync(string peerAddress)
        => await Eventually.True(
            () => File.ReadAllText(Path.Combine(State, "node.json")).Contains($"\"{peerAddress}\""), $"{node.Name}: the state names {peerAddress}");

    private bool Answers()
    {
        try
        {
            _ = Ask("status");
            return true;
        }
        catch (CommandFailedException)
        {
            return false;
        }
    }

    // The build of the same configuration as this test assembly: .../bin/Release/net10.0/
    private static string BuiltBinary()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output;
        while (!File.Exists(Path.Combine(root.FullName, "Fairway.slnx")))
            root = root.Parent ?? throw new MissingToolException("the tests run outside of the repository");
        var path = Path.Combine(root.FullName, "src", "Fairway.Cli", "bin", output.Parent!.Name, output.Name, "fairway");
        return File.Exists(path) ? path : throw new MissingToolException($"{path} is not built: run ./test.sh");
    }
}
