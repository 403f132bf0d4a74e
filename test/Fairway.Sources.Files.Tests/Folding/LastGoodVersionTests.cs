using Fairway.Intents.Model;
using static Fairway.Sources.Files.Tests.Documents;

namespace Fairway.Sources.Files.Tests.Folding;

/// <summary>An object that cannot be used any more keeps its last good version (design section 7).</summary>
public sealed class LastGoodVersionTests
{
    private readonly FoldHistory _directory = new();

    [Fact]
    public void An_object_that_becomes_invalid_keeps_its_last_good_version_and_everything_else_proceeds()
    {
        _directory.Look(("a", Instance + Peer("tor1") + Peer("tor2", "192.0.2.2")));

        _directory.Look(("a", Instance + Peer("tor1", extra: "prot: 1") + Peer("tor2", "192.0.2.22")));

        Assert.Equal("BgpInstance/default BgpPeer/tor1* BgpPeer/tor2", _directory.InForce);
        Assert.Equal(("192.0.2.1", "192.0.2.22"), (_directory.Peer("tor1").Options.Key.ToString(), _directory.Peer("tor2").Options.Key.ToString()));
    }

    [Fact]
    public void An_outdated_object_knows_since_when_and_what_is_wrong_now()
    {
        _directory.Look(("a", Peer("tor1")));
        _directory.Wait(TimeSpan.FromSeconds(1));
        var since = _directory.Now;
        _directory.Look(("a", Peer("tor1", extra: "prot: 1")));
        _directory.Wait(TimeSpan.FromSeconds(1));

        _directory.Look(("a", Peer("tor1", extra: "port: x")));

        var outdated = _directory.Result.InForce.Objects.Values.Single().Outdated;
        Assert.Equal((since, ProblemReason.WrongType, 8), (outdated?.Since, outdated?.Error.Reason, outdated?.Error.Line));
    }

    [Fact]
    public void A_corrected_object_counts_again()
    {
        _directory.Look(("a", Peer("tor1")));
        _directory.Look(("a", Peer("tor1", extra: "prot: 1")));

        _directory.Look(("a", Peer("tor1", "192.0.2.9")));

        Assert.Equal(("BgpPeer/tor1", "192.0.2.9"), (_directory.InForce, _directory.Peer("tor1").Options.Key.ToString()));
    }

    [Fact]
    public void An_invalid_object_that_is_deleted_is_gone()
    {
        _directory.Look(("a", Instance + Peer("tor1")));
        _directory.Look(("a", Instance + Peer("tor1", extra: "prot: 1")));

        _directory.Look(("a", Instance));

        Assert.Equal("BgpInstance/default", _directory.InForce);
    }

    [Fact]
    public void A_new_invalid_object_has_no_effect()
    {
        _directory.Look(("a", Instance));

        _directory.Look(("a", Instance + Peer("tor1", extra: "prot: 1")));

        Assert.Equal(("BgpInstance/default", ProblemReason.UnknownField), (_directory.InForce, _directory.Reasons));
    }

    [Theory]
    [InlineData("kind: BgpPeer", "kind: BgpPear")]
    [InlineData("kind: BgpPeer", "kindd: BgpPeer")]
    [InlineData("kind: BgpPeer", "kind:")]
    [InlineData("fairway.dev/v1alpha1", "fairway.dev/v1alpha")]
    [InlineData("apiVersion:", "apiversion:")]
    [InlineData("metadata: {name: tor1}", "metadata: {nam: tor1}")]
    [InlineData("metadata: {name: tor1}", "metadata: {name: Tor1}")]
    [InlineData("metadata: {name: tor1}", "metdata: {name: tor1}")]
    public void An_object_that_cannot_be_recognised_any_more_is_not_taken_for_deleted(string right, string wrong)
    {
        _directory.Look(("a", Instance + Peer("tor1")));

        _directory.Look(("a", Instance + Peer("tor1").Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Equal("BgpInstance/default BgpPeer/tor1*", _directory.InForce);
    }

    [Fact]
    public void A_document_of_somebody_else_does_not_keep_a_deleted_object()
    {
        const string Foreign = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: tor1}\n";
        _directory.Look(("a", Instance + Peer("tor1") + Foreign));

        _directory.Look(("a", Instance + Foreign));

        Assert.Equal("BgpInstance/default", _directory.InForce);
    }

    [Fact]
    public void A_renamed_object_replaces_the_old_one()
    {
        _directory.Look(("a", Peer("tor1")));

        _directory.Look(("a", Peer("tor2")));

        Assert.Equal("BgpPeer/tor2", _directory.InForce);
    }

    [Fact]
    public void A_second_object_of_the_same_kind_and_name_is_refused_and_names_the_first()
    {
        _directory.Look(("a", Peer("tor1")), ("b", Instance + Peer("tor1", "192.0.2.2")));

        var problem = Assert.Single(_directory.Result.Problems);
        Assert.Equal(
            (ProblemReason.DuplicateObject, "b", 6, "BgpPeer/tor1 stands already at a:2, which counts"),
            (problem.Reason, problem.File, problem.Line, problem.Message));
        Assert.Equal("192.0.2.1", _directory.Peer("tor1").Options.Key.ToString());
    }

    [Fact]
    public void The_second_of_two_takes_over_when_the_first_is_deleted()
    {
        _directory.Look(("a", Peer("tor1")), ("b", Peer("tor1", "192.0.2.2")));

        _directory.Look(("b", Peer("tor1", "192.0.2.2")));

        Assert.Equal(("BgpPeer/tor1", "192.0.2.2", ""), (_directory.InForce, _directory.Peer("tor1").Options.Key.ToString(), _directory.Reasons));
    }
}
