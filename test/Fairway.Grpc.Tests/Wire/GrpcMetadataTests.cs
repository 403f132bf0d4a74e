using Fairway.Grpc.Wire;

namespace Fairway.Grpc.Tests.Wire;

public class GrpcMetadataTests
{
    [Fact]
    public void Names_are_lower_case_and_found_in_any_case()
    {
        var metadata = new GrpcMetadata { { "X-Owner", " novaedge " } };

        Assert.Equal([new("x-owner", "novaedge")], metadata);
        Assert.Equal("novaedge", metadata.Find("x-OWNER"));
        Assert.Null(metadata.Find("x-other"));
        Assert.Null(metadata.FindBinary("x-other-bin"));
    }

    [Theory]
    [InlineData("AA", new byte[] { 0 })]
    [InlineData("AA==", new byte[] { 0 })]
    [InlineData("AAE=, AgM", new byte[] { 0, 1 })]
    [InlineData("", new byte[0])]
    public void Bytes_are_read_with_and_without_padding(string text, byte[] value)
    {
        var metadata = new GrpcMetadata();
        metadata.AddReceived("X-Token-Bin", text);

        Assert.Equal(value, metadata.FindBinary("x-token-bin"));
    }

    [Fact]
    public void Bytes_are_sent_without_padding() =>
        Assert.Equal("AA", new GrpcMetadata { { "x-token-bin", new byte[] { 0 } } }.Find("x-token-bin"));

    [Theory]
    [InlineData("A")]
    [InlineData("?")]
    public void Bytes_that_are_no_base64_blame_the_sender(string text)
    {
        var metadata = new GrpcMetadata();
        metadata.AddReceived("x-token-bin", text);

        Assert.Equal(
            GrpcStatusCode.InvalidArgument, Assert.Throws<GrpcException>(() => metadata.FindBinary("x-token-bin")).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData(":path")]
    [InlineData("grpc-timeout")]
    [InlineData("Content-Type")]
    [InlineData("te")]
    [InlineData("x-token-bin")]
    public void Name_that_is_not_for_text_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new GrpcMetadata { { name, "value" } });

    [Fact]
    public void Bytes_need_a_name_that_says_so() =>
        Assert.Throws<ArgumentException>(() => new GrpcMetadata { { "x-token", new byte[] { 1 } } });

    [Fact]
    public void Text_that_would_break_the_header_is_refused() =>
        Assert.Throws<ArgumentException>(() => new GrpcMetadata { { "x-owner", "a\r\nx: y" } });
}
