using Fairway.Intents.Model;
using Fairway.Net.Options;
using static Fairway.Sources.Files.Tests.Documents;

namespace Fairway.Sources.Files.Tests;

public sealed class DocumentSetTests
{
    [Fact]
    public void Documents_that_are_wrong_are_left_out_and_told()
    {
        var set = DocumentSet.Compile([new("b.yaml", Peer("tor2", extra: "prot: 1")), new("a.yaml", Instance + Peer("tor1")), new("c.yaml", "---\n{")], _ => null);

        Assert.Equal(["default", "tor1"], set.Intents.Select(intent => intent.Key.Id));
        Assert.Equal([ProblemReason.NotYaml, ProblemReason.UnknownField], set.Problems.Select(problem => problem.Reason).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_password_that_is_in_force_keeps_its_value_and_no_other_file_is_read()
    {
        SourceText[] documents = [new("a.yaml", Peer("tor1", extra: "passwordFrom: {file: /known}")), new("b.yaml", Peer("tor2", extra: "passwordFrom: {file: /etc/hostname}"))];

        var set = DocumentSet.Compile(documents, path => path == "/known" ? SecretValue.Of("sesame") : null);

        var passwords = set.Intents.OfType<PeerIntent>().Select(peer => peer.Options.Password).ToList();
        Assert.Equal("sesame", passwords[0]?.Reveal());
        Assert.True(passwords[1]?.IsMissing);
    }

    [Fact]
    public void Two_broken_texts_of_the_same_name_are_both_told()
    {
        var set = DocumentSet.Compile([new("a.yaml", "{"), new("a.yaml", "[")], _ => null);

        Assert.Equal(2, set.Problems.Length);
    }
}
