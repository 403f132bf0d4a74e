using Fairway.Interop.Kernel;
using Fairway.Interop.Rig;

namespace Fairway.Interop.BadEnvironment;

/// <summary>Files that cannot be read or written: one peer or one promise is affected, it is told, and the rest goes on.</summary>
public sealed class FileTests(ITestOutputHelper output)
{
    [Fact]
    public async Task An_unreadable_key_file_keeps_its_peer_down_with_the_reason_and_nothing_else_and_counts_once_it_is_readable()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.BuildAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six);
        var key = lab.WriteFile("tor.key", "a secret\n");
        Tool.Run("chown", "nobody", key);
        File.SetUnixFileMode(key, UnixFileMode.UserRead);
        rack.Agent = FairwayRouter.Prepare(rack.Node, Rack.Documents(rack.Tor.Peers() + "\n" + $$"""
            ---
            apiVersion: fairway.dev/v1alpha1
            kind: BgpPeer
            metadata: {name: guarded}
            spec: {address: 198.18.0.1, asn: 64502, passwordFrom: {file: {{key}} } }
            """));
        rack.Agent.Wrapper = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]; // root without the right to read everything

        await rack.Agent.StartAgainAsync();

        await rack.Agent.EstablishedAsync("tor1v4");
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
        await Eventually.Passes(() => Assert.Contains(key, Error(rack)), "the peer's error names the file");
        Assert.Contains("guarded", Warnings(rack));
        Assert.DoesNotContain("a secret", rack.Agent.Process.Describe());

        Tool.Run("chown", "root", key);
        await Eventually.True(() => !Error(rack).Contains(key) && !Warnings(rack).Contains(key), "the key counts once it is readable", () => Error(rack) + Warnings(rack));
    }

    [Fact]
    public async Task A_full_disk_under_the_state_is_told_and_everything_works_from_memory_until_there_is_room()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.BuildAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six);
        rack.Agent = FairwayRouter.Prepare(rack.Node, Rack.Documents(rack.Tor.Peers()));
        var full = Path.Combine(Directory.CreateDirectory(rack.Agent.State).FullName, "full");

        // "ip netns exec" gives each process its own mounts: nobody else sees this disk.
        rack.Agent.Wrapper = ["sh", "-c", $"mount -t tmpfs -o size=64k tmpfs {rack.Agent.State}; cat /dev/zero > {full} 2>/dev/null; exec \"$@\"", "sh"];

        await rack.Agent.StartAgainAsync();

        await rack.Agent.EstablishedAsync("tor1v4");
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
        await Eventually.Passes(() => Assert.Contains("state is not saved", Warnings(rack)), "status tells that the state is not saved");
        Assert.Contains("No space left", Warnings(rack));
        Assert.Contains("--state", Warnings(rack));

        var root = $"/proc/{rack.Agent.Process.Id}/root";
        File.Delete(root + full);
        await Eventually.True(() => !Warnings(rack).Contains("state is not saved"), "with room the state is saved", () => Warnings(rack));
        Assert.Contains(rack.Tor.Gateway4, File.ReadAllText($"{root}{rack.Agent.State}/node.json"));
        Assert.Equal("Established", rack.Agent.PeerState("tor1v4"));
    }

    private static string Warnings(Rack rack) => rack.Agent.Ask("status").GetProperty("warnings").ToString();

    private static string Error(Rack rack)
        => rack.Agent.Rows("peers").Single(peer => peer.GetProperty("name").GetString() == "guarded").GetProperty("lastError").ToString();
}
