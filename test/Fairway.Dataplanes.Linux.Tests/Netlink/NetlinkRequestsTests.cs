using Fairway.Dataplanes.Linux.Netlink;

namespace Fairway.Dataplanes.Linux.Tests.Netlink;

public sealed class NetlinkRequestsTests
{
    private const string Lo = "20000000 1000 0200 SSSSSSSS 07000000  00 00 0403 01000000 49000100 00000000";
    private const string LoWithName = "28000000 1000 0200 SSSSSSSS 07000000  00 00 0403 01000000 49000100 00000000 0700 0300 6c6f00 00";
    private const string LoWhileChanging = "28000000 1000 1200 SSSSSSSS 07000000  00 00 0403 01000000 49000100 00000000 0700 0300 6c6f00 00";
    private const string Done = "14000000 0300 0200 SSSSSSSS 07000000  00000000";

    [Fact]
    public void A_dump_may_come_in_many_datagrams()
    {
        using var kernel = new FakeKernel($"{LoWithName} {LoWithName}|{LoWithName}|{Done}");

        Assert.Equal(3, Dump(kernel).Count);
    }

    [Fact]
    public void What_the_decoder_does_not_want_is_left_out()
    {
        using var kernel = new FakeKernel($"{Lo} {LoWithName}|{Done}");

        Assert.Single(Dump(kernel));
    }

    [Fact]
    public void A_dump_that_was_interrupted_by_a_change_is_taken_anew()
    {
        using var kernel = new FakeKernel($"{LoWhileChanging} {LoWithName}|{Done}", $"{LoWithName}|{Done}");

        Assert.Single(Dump(kernel));
    }

    [Fact]
    public void A_table_that_never_keeps_still_is_told()
    {
        using var kernel = new FakeKernel([.. Enumerable.Repeat($"{LoWhileChanging}|{Done}", 10)]);

        Assert.Contains("changed during each of 10 readings", Assert.Throws<DataplaneException>(() => Dump(kernel)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_to_earlier_requests_are_passed_over()
    {
        using var kernel = new FakeKernel($"{LoWithName.Replace("SSSSSSSS", "99000000", StringComparison.Ordinal)}|{Done.Replace("SSSSSSSS", "99000000", StringComparison.Ordinal)}|{LoWithName}|{Done}");

        Assert.Single(Dump(kernel));
    }

    [Fact]
    public void A_table_that_does_not_exist_is_empty()
    {
        using var kernel = new FakeKernel("24000000 0200 0000 SSSSSSSS 07000000  feffffff 14000000 1a00 0103 SSSSSSSS 00000000");

        Assert.Empty(Dump(kernel));
    }

    [Theory]
    [InlineData("24000000 0200 0000 SSSSSSSS 07000000  ffffffff 14000000 1a00 0103 SSSSSSSS 00000000", "not permitted")]
    [InlineData("20000000 0300 0202 SSSSSSSS 07000000  eaffffff 0900 0100 4e6f742100 000000", "Not!")]
    [InlineData("20000000 1000 0200 SSSSSSSS 07000000  00 00", "cut off")]
    public void A_dump_that_fails_says_why(string answer, string reason)
    {
        using var kernel = new FakeKernel(answer);

        Assert.Contains(reason, Assert.Throws<DataplaneException>(() => Dump(kernel)).Message, StringComparison.Ordinal);
    }

    private static List<LinkMessage> Dump(FakeKernel kernel) => kernel.Requests.Dump(NetlinkType.GetLink, LinkMessage.EncodeDump, LinkMessage.Decode);
}
