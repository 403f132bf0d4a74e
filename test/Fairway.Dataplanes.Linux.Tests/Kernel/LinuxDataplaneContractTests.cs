using Fairway.Net;
using Fairway.Testing.Dataplanes;

namespace Fairway.Dataplanes.Linux.Tests.Kernel;

public sealed class LinuxDataplaneContractTests : DataplaneContract
{
    protected override async ValueTask<DataplaneBench> CreateAsync()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        return new Bench(space, dataplane);
    }

    private sealed class Bench(TestNamespace space, LinuxDataplane dataplane) : DataplaneBench
    {
        public override IDataplane Dataplane => dataplane;

        public override uint Metric => new LinuxDataplaneOptions().Metric;

        public override ValueTask DisposeAsync() => space.DisposeAsync();

        public override ValueTask AddForeignAsync(IpPrefix prefix, IpAddr gateway, uint metric) =>
            Ip($"route add {prefix} via {gateway} proto static metric {metric}");

        public override ValueTask RemoveForeignAsync(IpPrefix prefix, uint metric) => Ip($"route delete {prefix} proto static metric {metric}");

        public override ValueTask RemoveOursAsync(IpPrefix prefix) => Ip($"route delete {prefix} metric {Metric}");

        public override ValueTask SetLinkAsync(string link, bool up) => Ip($"link set {link} {(up ? "up" : "down")}");

        private ValueTask Ip(string command)
        {
            space.Ip(command);
            return ValueTask.CompletedTask;
        }
    }
}
