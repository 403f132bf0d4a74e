using Fairway.Grpc.Wire;

namespace Fairway.Grpc.Tests.Wire;

public class GrpcStatusTests
{
    [Fact]
    public void Every_code_is_the_same_both_ways()
    {
        foreach (var code in Enum.GetValues<GrpcStatusCode>())
        {
            var status = new GrpcStatus(code);
            Assert.Equal(status, GrpcStatus.Decode(status.CodeText, message: null));
        }
    }

    [Theory]
    [InlineData("17")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    [InlineData("OK")]
    [InlineData("")]
    public void Code_that_nobody_defined_is_unknown(string code) =>
        Assert.Equal(new GrpcStatus(GrpcStatusCode.Unknown, "why"), GrpcStatus.Decode(code, "why"));

    [Theory]
    [InlineData(400, GrpcStatusCode.Internal)]
    [InlineData(401, GrpcStatusCode.Unauthenticated)]
    [InlineData(403, GrpcStatusCode.PermissionDenied)]
    [InlineData(404, GrpcStatusCode.Unimplemented)]
    [InlineData(429, GrpcStatusCode.Unavailable)]
    [InlineData(502, GrpcStatusCode.Unavailable)]
    [InlineData(503, GrpcStatusCode.Unavailable)]
    [InlineData(504, GrpcStatusCode.Unavailable)]
    [InlineData(418, GrpcStatusCode.Unknown)]
    [InlineData(200, GrpcStatusCode.Unknown)]
    public void Http_status_without_a_grpc_status_has_a_meaning(int http, GrpcStatusCode code) =>
        Assert.Equal(code, GrpcStatus.FromHttp(http).Code);
}
