using Fairway.Grpc.Wire;

namespace Fairway.Grpc.Tests.Wire;

public class GrpcHeadersTests
{
    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("Application/gRPC; charset=utf-8")]
    public void Protobuf_over_grpc_is_ours(string contentType) => Assert.True(GrpcHeaders.IsGrpc(contentType));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("application/json")]
    [InlineData("application/grpc+json")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpcx")]
    public void Other_content_is_not(string? contentType) => Assert.False(GrpcHeaders.IsGrpc(contentType));
}
