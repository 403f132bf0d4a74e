using Fairway.Testing.Dataplanes;

namespace Fairway.Routing.Tests;

public sealed class FakeDataplaneTests : DataplaneContract
{
    protected override ValueTask<DataplaneBench> CreateAsync() => ValueTask.FromResult<DataplaneBench>(new FakeDataplaneBench());
}
