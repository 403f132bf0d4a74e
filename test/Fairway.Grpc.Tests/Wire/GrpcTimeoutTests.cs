using Fairway.Grpc.Wire;

namespace Fairway.Grpc.Tests.Wire;

public class GrpcTimeoutTests
{
    [Theory]
    [InlineData("0u", 0)]
    [InlineData("1u", 10)]
    [InlineData("99999999u", 999_999_990)]
    [InlineData("100000m", 1_000_000_000)]
    [InlineData("100000S", 1_000_000_000_000)]
    [InlineData("10000000M", 6_000_000_000_000_000)]
    [InlineData("10000000H", 360_000_000_000_000_000)]
    public void Timeout_is_the_same_both_ways(string text, long ticks)
    {
        Assert.True(GrpcTimeout.TryDecode(text, out var decoded));
        Assert.Equal(TimeSpan.FromTicks(ticks), decoded);
        Assert.Equal(text, GrpcTimeout.Encode(decoded));
    }

    [Theory]
    [InlineData("1500n", 15)]
    [InlineData("00000001S", TimeSpan.TicksPerSecond)]
    [InlineData("99999999H", 99_999_999 * TimeSpan.TicksPerHour)]
    public void Other_spellings_are_read(string text, long ticks)
    {
        Assert.True(GrpcTimeout.TryDecode(text, out var decoded));
        Assert.Equal(ticks, decoded.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("1s")]
    [InlineData("-1S")]
    [InlineData("+1S")]
    [InlineData(" 1S")]
    [InlineData("1.5S")]
    [InlineData("123456789S")]
    public void Malformed_timeout_is_refused(string text) => Assert.False(GrpcTimeout.TryDecode(text, out _));

    [Fact]
    public void Coarser_units_round_up_so_that_the_server_outlasts_the_client()
    {
        var justMore = TimeSpan.FromTicks(999_999_990 + 1);

        Assert.Equal("100000m", GrpcTimeout.Encode(justMore));
    }

    [Fact]
    public void Negative_time_is_none_and_the_longest_is_capped()
    {
        Assert.Equal("0u", GrpcTimeout.Encode(TimeSpan.FromSeconds(-1)));
        Assert.Equal("99999999H", GrpcTimeout.Encode(TimeSpan.MaxValue));
    }

    [Fact]
    public void A_time_beyond_every_timer_is_never_over()
    {
        using var clock = GrpcTimeout.Start(TimeSpan.MaxValue, TimeProvider.System);
        using var past = GrpcTimeout.Start(TimeSpan.FromSeconds(-1), TimeProvider.System);

        Assert.False(clock.IsCancellationRequested);
        Assert.True(past.IsCancellationRequested);
    }
}
