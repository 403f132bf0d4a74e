using Fairway.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Fairway.Grpc.Tests.Contracts;

public class FairwayContractTests
{
    private static readonly ServiceDescriptor Service = FairwayReflection.Descriptor.Services.Single();

    [Fact]
    public void Request_paths_are_those_of_the_proto_file()
    {
        var paths = typeof(FairwayMethods).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(Service.Methods.Select(method => $"/{Service.FullName}/{method.Name}").Order(), paths.Order());
    }

    [Theory]
    [InlineData("ListPrefixes")]
    [InlineData("ListRoutes")]
    [InlineData("GetDrift")]
    public void Tables_that_grow_with_the_internet_are_streams(string method) =>
        Assert.True(Service.FindMethodByName(method).IsServerStreaming);

    [Theory]
    [InlineData(
        typeof(PeerStatus),
        "name address asn state familiesNegotiated received accepted advertised uptimeSeconds lastError bfd owner")]
    [InlineData(typeof(PrefixStatus), "prefix owner origin state reason advertisedTo waitingFor")]
    [InlineData(typeof(Route), "prefix nextHops peer best asPath localPref med communities largeCommunities origin stale installed reason")]
    [InlineData(typeof(DriftItem), "layer object desired observed since repaired")]
    [InlineData(
        typeof(GetStatusResponse),
        "node asn routerId speaker dataplane peersUp peersTotal prefixesDesired prefixesAdvertised routesInstalled driftOpen "
        + "draining restarting sources")]
    [InlineData(typeof(SourceStatus), "name state ageSeconds")]
    [InlineData(typeof(PlanResponse), "impact changes")]
    [InlineData(typeof(PlanChange), "action layer kind object owner impact fields")]
    [InlineData(typeof(PlanFieldChange), "path from to")]
    [InlineData(typeof(ExplainResponse), "prefix peer verdict gates")]
    [InlineData(typeof(ExplainGate), "gate result object field reason fix")]
    public void Json_names_are_the_documented_ones(System.Type message, string documented)
    {
        var fields = ((IMessage)Activator.CreateInstance(message)!).Descriptor.Fields.InFieldNumberOrder();

        Assert.Empty(documented.Split(' ').Except(fields.Select(field => field.JsonName)));
    }

    [Fact]
    public void Absent_attributes_differ_from_zero()
    {
        var route = new Route { Med = 0 };

        Assert.True(Route.Parser.ParseFrom(route.ToByteArray()).HasMed);
        Assert.False(Route.Parser.ParseFrom(route.ToByteArray()).HasLocalPref);
    }

    [Fact]
    public void No_number_is_written_as_a_string_in_json()
    {
        var wide = FairwayReflection.Descriptor.MessageTypes
            .SelectMany(message => message.Fields.InFieldNumberOrder())
            .Where(field => field.FieldType is FieldType.Int64 or FieldType.UInt64 or FieldType.Fixed64 or FieldType.SInt64);

        Assert.Empty(wide);
    }
}
