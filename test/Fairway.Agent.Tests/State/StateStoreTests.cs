using Fairway.Agent.State;

namespace Fairway.Agent.Tests.State;

public sealed class StateStoreTests : IDisposable
{
    private static readonly NodeState Some = new() { RouterId = "192.0.2.7", RestartTimeSeconds = 120, Kernel = new KernelPlace(254, 20, 196) };

    private readonly ScratchDirectory _scratch = new();

    private string Directory => _scratch["state"];

    private string File => System.IO.Path.Combine(Directory, "node.json");

    [Fact]
    public void What_was_saved_is_loaded_by_the_next_start()
    {
        Save(Some);

        var store = new StateStore(Directory);
        var loaded = store.Load("node.json", StateJson.Default.NodeState);

        Assert.Equal(Some with { PeersUp = loaded!.PeersUp }, loaded);
        Assert.Empty(store.SetAside);
    }

    [Fact]
    public void Directory_and_files_are_for_the_agent_alone()
    {
        Save(Some);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(Directory));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public void A_file_is_replaced_as_a_whole_and_leaves_nothing_beside_it()
    {
        Save(Some);
        Save(Some with { RouterId = "192.0.2.8" });

        Assert.Equal([File], System.IO.Directory.GetFiles(Directory));
        Assert.Equal("192.0.2.8", new StateStore(Directory).Load("node.json", StateJson.Default.NodeState)!.RouterId);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.9")] // the payload no longer fits its checksum
    [InlineData("fairway-state 1", "fairway-state 2")]
    [InlineData("\n", "")]
    public void A_file_that_was_tampered_with_is_set_aside_with_a_warning(string old, string now)
    {
        Save(Some);
        System.IO.File.WriteAllText(File, System.IO.File.ReadAllText(File).Replace(old, now, StringComparison.Ordinal));

        AssertSetAside();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("{}")]
    public void A_file_of_rubbish_is_set_aside_with_a_warning(string text)
    {
        System.IO.Directory.CreateDirectory(Directory);
        System.IO.File.WriteAllText(File, text);

        AssertSetAside();
    }

    [Fact]
    public void A_file_that_was_cut_off_at_any_byte_is_set_aside()
    {
        Save(Some);
        var whole = System.IO.File.ReadAllBytes(File);
        for (var length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Assert.Null(new StateStore(Directory).Load("node.json", StateJson.Default.NodeState));
        }
    }

    [Fact]
    public void What_cannot_be_written_is_a_problem_until_it_can()
    {
        System.IO.File.WriteAllText(Directory, "a file where the directory should be");
        var store = new StateStore(Directory);

        store.Save("node.json", Some, StateJson.Default.NodeState);
        Assert.Contains("not saved", store.Problem, StringComparison.Ordinal);

        System.IO.File.Delete(Directory);
        store.Save("node.json", Some, StateJson.Default.NodeState);
        Assert.Null(store.Problem);
    }

    [Fact]
    public void One_file_that_is_written_does_not_hide_another_that_is_not()
    {
        Save(Some);
        System.IO.File.CreateSymbolicLink(File + ".new", "/dev/full");
        var store = new StateStore(Directory);

        Assert.False(store.Save("node.json", Some, StateJson.Default.NodeState));
        Assert.True(store.Save("other.json", Some, StateJson.Default.NodeState));

        Assert.NotNull(store.Problem);
    }

    [Fact]
    public void A_full_disk_keeps_the_last_good_file_and_is_told()
    {
        Save(Some);
        System.IO.File.CreateSymbolicLink(File + ".new", "/dev/full");
        var store = new StateStore(Directory);

        store.Save("node.json", Some with { RouterId = "192.0.2.8" }, StateJson.Default.NodeState);

        Assert.NotNull(store.Problem);
        Assert.Equal("192.0.2.7", store.Load("node.json", StateJson.Default.NodeState)!.RouterId);
    }

    [Fact]
    public void Without_a_directory_nothing_is_kept_and_nothing_is_wrong()
    {
        var store = new StateStore(null);

        store.Save("node.json", Some, StateJson.Default.NodeState);

        Assert.Null(store.Load("node.json", StateJson.Default.NodeState));
        Assert.Null(store.Problem);
    }

    public void Dispose() => _scratch.Dispose();

    private void Save(NodeState state) => new StateStore(Directory).Save("node.json", state, StateJson.Default.NodeState);

    private void AssertSetAside()
    {
        var store = new StateStore(Directory);

        Assert.Null(store.Load("node.json", StateJson.Default.NodeState));
        Assert.Contains("set aside", Assert.Single(store.SetAside), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
        Assert.True(System.IO.File.Exists(File + ".bad"));
    }
}
