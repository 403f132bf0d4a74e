using Fairway.Intents.Model;
using static Fairway.Sources.Files.Tests.Documents;

namespace Fairway.Sources.Files.Tests.Folding;

/// <summary>A file that cannot be trusted keeps its documents; a directory that is gone keeps everything.</summary>
public sealed class BrokenFileTests
{
    private const string NotYaml = "---\n{";

    private readonly FoldHistory _directory = new();

    [Fact]
    public void A_file_that_is_not_yaml_to_its_end_keeps_all_its_documents_and_other_files_proceed()
    {
        _directory.Look(("a", Peer("tor1") + Peer("tor2", "192.0.2.2")), ("b", Instance));

        _directory.Look(("a", Peer("tor1", "192.0.2.11") + NotYaml), ("b", Instance + Vips("198.51.100.1/32")));

        Assert.Equal("Advertisement/vips BgpInstance/default BgpPeer/tor1* BgpPeer/tor2*", _directory.InForce);
        Assert.Equal("192.0.2.1", _directory.Peer("tor1").Options.Key.ToString());
    }

    [Fact]
    public void Any_end_of_a_file_that_is_being_written_changes_no_object_before_it()
    {
        var text = Instance + Peer("tor1") + Peer("tor2", "192.0.2.2", "passive: true");
        _directory.Look(("a", text));
        var before = _directory.Result.InForce.Objects;
        for (var length = 0; length < text.Length; length++)
        {
            if (length > 0 && text[length - 1] == '\n')
            {
                continue; // a text that ends with a line cannot be told from one that was meant so
            }

            _directory.Look(("a", text[..length]));

            Assert.Equal(before.Values.Select(kept => kept.Document), before.Keys.Select(id => _directory.Result.InForce.Objects[id].Document));
        }

        _directory.Look(("a", text));
        Assert.Equal("BgpInstance/default BgpPeer/tor1 BgpPeer/tor2", _directory.InForce);
    }

    [Fact]
    public void A_file_that_lost_the_end_of_its_last_line_is_taken_at_its_word_when_it_stays_so()
    {
        _directory.Look(("a", Peer("tor1", extra: "port: 1790")));

        _directory.Look(("a", Peer("tor1", extra: "port: 17").TrimEnd()));
        Assert.Equal((ProblemReason.CutOff, (ushort)1790), (_directory.Reasons, _directory.Peer("tor1").Options.Port));
        Assert.Equal(_directory.Now + FoldHistory.Grace, _directory.Result.LookAgainAt);
        _directory.Wait(FoldHistory.Grace);
        _directory.Look(("a", Peer("tor1", extra: "port: 17").TrimEnd()));

        Assert.Equal(("", (ushort)17), (_directory.Reasons, _directory.Peer("tor1").Options.Port));
    }

    [Fact]
    public void An_emptied_file_keeps_its_documents_until_it_stays_so()
    {
        _directory.Look(("a", Peer("tor1")), ("b", Instance));
        _directory.Look(("a", ""), ("b", Instance));
        Assert.Equal("BgpInstance/default BgpPeer/tor1*", _directory.InForce);

        _directory.Wait(FoldHistory.Grace);
        _directory.Look(("a", ""), ("b", Instance));

        Assert.Equal("BgpInstance/default", _directory.InForce);
    }

    [Fact]
    public void A_file_that_never_ended_with_a_newline_is_no_suspect()
    {
        _directory.Look(("a", Peer("tor1").TrimEnd()));

        _directory.Look(("a", Peer("tor1", "192.0.2.9").TrimEnd()));

        Assert.Equal("192.0.2.9", _directory.Peer("tor1").Options.Key.ToString());
    }

    [Fact]
    public void A_renamed_file_keeps_the_very_same_objects()
    {
        _directory.Look(("a", Peer("tor1")));
        var accepted = _directory.Peer("tor1").AcceptedAt;
        _directory.Wait(TimeSpan.FromMinutes(1));

        _directory.LookAtRenamed("a", "b", Peer("tor1"));

        Assert.Equal(("BgpPeer/tor1", accepted, "b"), (_directory.InForce, _directory.Peer("tor1").AcceptedAt, _directory.Peer("tor1").Origin.File));
    }

    [Fact]
    public void A_file_that_is_renamed_while_it_is_broken_keeps_its_documents_until_it_is_deleted()
    {
        _directory.Look(("a", Peer("tor1")));

        _directory.LookAtRenamed("a", "b", Peer("tor1") + NotYaml);
        _directory.LookAtRenamed("a", "b", Peer("tor1") + NotYaml);
        Assert.Equal("BgpPeer/tor1*", _directory.InForce);

        _directory.Look(("c", Instance));
        Assert.Equal("BgpInstance/default", _directory.InForce);
    }

    [Fact]
    public void A_broken_file_that_is_deleted_takes_its_documents_with_it()
    {
        _directory.Look(("a", Peer("tor1")), ("b", Instance));
        _directory.Look(("a", NotYaml), ("b", Instance));

        _directory.Look(("b", Instance));

        Assert.Equal("BgpInstance/default", _directory.InForce);
    }

    [Fact]
    public void While_a_file_is_broken_its_objects_stay_its_own()
    {
        _directory.Look(("a", Peer("tor1")), ("b", Peer("tor1", "192.0.2.2")));

        _directory.Look(("a", Peer("tor1") + NotYaml), ("b", Peer("tor1", "192.0.2.2")));

        Assert.Equal("192.0.2.1", _directory.Peer("tor1").Options.Key.ToString());
    }

    [Fact]
    public void A_missing_directory_keeps_everything_for_however_long()
    {
        _directory.Look(("a", Peer("tor1")));
        _directory.LookAtNoDirectory();
        _directory.Wait(TimeSpan.FromDays(1));

        _directory.LookAtNoDirectory();

        Assert.Equal(("BgpPeer/tor1", FilesCondition.Missing), (_directory.InForce, _directory.Result.Condition));
    }

    [Fact]
    public void An_emptied_directory_wants_nothing_only_after_its_grace()
    {
        _directory.Look(("a", Peer("tor1")));
        _directory.Look();
        Assert.Equal(FilesCondition.EmptyPending, _directory.Result.Condition);
        Assert.Equal(_directory.Now + FoldHistory.Grace, _directory.Result.LookAgainAt);
        _directory.Wait(FoldHistory.Grace - TimeSpan.FromTicks(1));
        _directory.Look();
        Assert.Equal("BgpPeer/tor1", _directory.InForce);

        _directory.Wait(TimeSpan.FromTicks(1));
        _directory.Look();

        Assert.Equal(("", FilesCondition.Ready), (_directory.InForce, _directory.Result.Condition));
    }

    [Fact]
    public void A_directory_that_went_missing_in_between_starts_its_grace_again()
    {
        _directory.Look(("a", Peer("tor1")));
        _directory.Look();
        _directory.LookAtNoDirectory();
        _directory.Wait(FoldHistory.Grace);

        _directory.Look();

        Assert.Equal("BgpPeer/tor1", _directory.InForce);
    }

    [Fact]
    public void A_directory_that_was_empty_from_the_start_is_ready_at_once()
    {
        _directory.Look();

        Assert.Equal(FilesCondition.Ready, _directory.Result.Condition);
    }
}
