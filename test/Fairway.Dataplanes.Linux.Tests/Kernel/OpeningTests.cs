using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairway.Dataplanes.Linux.Tests.Kernel;

using static Changes;

public sealed class OpeningTests
{
    [Fact]
    public async Task A_second_owner_of_the_same_protocol_is_refused_and_told_who_the_first_is()
    {
        var (space, first) = await TestNamespace.OpenedAsync();
        await using var _ = space;

        for (var attempt = 0; attempt < 200; attempt++)
        {
            var refused = await Assert.ThrowsAsync<DataplaneException>(() => space.OpenAsync());
            Assert.StartsWith($"Process {Environment.ProcessId} (", refused.Message, StringComparison.Ordinal);
        }

        await space.OpenAsync(new() { Protocol = 200 });
        await first.DisposeAsync();
        await space.ReopenAsync();
    }

    [Fact]
    public async Task Each_network_namespace_has_an_owner_of_its_own()
    {
        await using var one = new TestNamespace();
        await using var other = new TestNamespace();

        await one.OpenAsync();
        await other.OpenAsync();
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(9), InlineData(11), InlineData(12), InlineData(16), InlineData(18), InlineData(42)]
    public void A_protocol_of_others_is_refused(byte protocol) =>
        Assert.Contains($"{protocol} marks routes of others", Assert.Single(new LinuxDataplaneOptions { Protocol = protocol }.Problems()), StringComparison.Ordinal);

    [Theory]
    [InlineData(0), InlineData(255)]
    public void A_table_that_holds_no_routes_is_refused(uint table) =>
        Assert.Contains("dataplane.table", Assert.Single(new LinuxDataplaneOptions { Table = table }.Problems()), StringComparison.Ordinal);

    [Fact]
    public async Task Every_problem_of_the_options_is_told_when_opening()
    {
        await using var space = new TestNamespace();

        var refused = await Assert.ThrowsAsync<DataplaneException>(() => space.OpenAsync(new() { Table = 255, Protocol = 4, Metric = 0 }));

        Assert.All(["dataplane.table", "dataplane.protocol", "dataplane.metric"], word => Assert.Contains(word, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Beside_a_zebra_its_protocols_are_refused_and_others_are_not()
    {
        await using var space = new TestNamespace();
        await using var elsewhere = new TestNamespace();
        using var zebra = new FakeZebra(space);

        var refused = await Assert.ThrowsAsync<DataplaneException>(() => space.OpenAsync());

        Assert.Contains($"process {zebra.Id}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("e.g. 200", refused.Message, StringComparison.Ordinal);
        await space.OpenAsync(new() { Protocol = 200 });
        await elsewhere.OpenAsync();
    }

    [Fact]
    public async Task What_an_earlier_configuration_left_in_a_zebras_range_is_left_to_the_zebra()
    {
        await using var space = new TestNamespace();
        using var zebra = new FakeZebra(space);
        space.Ip("route add 203.0.113.1 via 192.0.2.2 proto 196 metric 20");
        var dataplane = await space.OpenAsync(new() { Protocol = 200, Previous = new(254, 20, 196) });

        Assert.Equal(0, (await dataplane.ReadAsync(CancellationToken.None)).Duplicates);
        Assert.Empty(await dataplane.FlushAsync(CancellationToken.None));

        Assert.Single(space.Routes(196));
    }

    [Fact]
    public async Task A_first_apply_without_a_read_still_knows_what_is_ours()
    {
        await using var space = new TestNamespace();
        space.Ip("route add 203.0.113.0/24 via 192.0.2.2 proto 196 metric 20");
        var dataplane = await space.OpenAsync();
        var wish = Unicast("203.0.113.0/24", space.Hop("192.0.2.3", "eth0"));

        Assert.Empty(await dataplane.InstallAsync(wish));

        Assert.Equal([wish], await dataplane.ReadRoutesAsync());
    }

    [Fact]
    public async Task Without_the_capability_to_change_routes_opening_fails_and_says_how_to_grant_it()
    {
        await using var space = new TestNamespace();

        var refused = Assert.Throws<DataplaneException>(() => space.Enter(() =>
        {
            Capabilities.DropAll();
            return LinuxDataplane.Open(new(), TimeProvider.System, NullLogger.Instance);
        }));

        Assert.Contains("CAP_NET_ADMIN", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--dataplane none", refused.Message, StringComparison.Ordinal);
        await space.OpenAsync(); // with it nothing is missing
    }

    /// <summary>A process of that name: all that is looked for.</summary>
    private sealed class FakeZebra : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fwt-zebra");
        private readonly Process _process;

        public FakeZebra(TestNamespace space)
        {
            var program = Path.Combine(_folder.FullName, "zebra");
            File.Copy("/bin/sleep", program);
            _process = Process.Start("ip", ["netns", "exec", space.Name, program, "1000"]);
            Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{Id}/comm") == "zebra\n", TimeSpan.FromSeconds(20)));
        }

        public int Id => _process.Id;

        public void Dispose()
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
            _folder.Delete(recursive: true);
        }
    }
}
