using Fairway.Intents.Model;

namespace Fairway.Dialects.Tests;

public sealed class DialectCompilerTests
{
    private const string One = "apiVersion: fairway.dev/v1alpha1\nkind: BgpPeer\nmetadata: {name: one}\nspec: {address: 192.0.2.1, asn: 64511}\n";
    private const string Two = "---\napiVersion: fairway.dev/v1alpha1\nkind: BgpPeer\nmetadata: {name: two}\nspec: {address: 192.0.2.2, asn: 64511}\n";

    private readonly DialectCompiler _compiler = new(Owner.FilesFairway);

    [Fact]
    public void A_document_that_did_not_change_is_the_same_object_again()
    {
        var before = _compiler.Compile("a.yaml", One + Two);

        var after = _compiler.Compile("a.yaml", One + Two.Replace("192.0.2.2", "192.0.2.3", StringComparison.Ordinal));

        Assert.Same(before.Documents[0], after.Documents[0]);
        Assert.NotEqual(before.Documents[1].Intents[0], after.Documents[1].Intents[0]);
    }

    [Fact]
    public void A_document_that_moved_down_knows_its_new_line()
    {
        _compiler.Compile("a.yaml", One + Two);

        var after = _compiler.Compile("a.yaml", "# a comment\n" + One + Two);

        Assert.Equal([2, 7], after.Documents.Select(document => document.Line));
        Assert.Equal([2, 7], after.Documents.Select(document => document.Intents[0].Origin.Line));
    }

    [Fact]
    public void What_was_remembered_before_a_broken_text_is_still_the_same_after_it()
    {
        var before = _compiler.Compile("a.yaml", One + Two);
        Assert.NotNull(_compiler.Compile("a.yaml", One + Two + "---\n{").Broken);

        var after = _compiler.Compile("a.yaml", One + Two);

        Assert.Equal(before.Documents.AsEnumerable(), after.Documents, ReferenceEqualityComparer.Instance);
    }

    [Fact]
    public void A_kept_document_compiles_to_what_it_was()
    {
        var document = _compiler.Compile("a.yaml", One + Two).Documents[1];

        var again = _compiler.CompileDocument(document.File, document.FirstLine, document.Text);

        Assert.Equal(document.Intents.AsEnumerable(), again?.Intents);
    }

    [Fact]
    public void Only_documents_of_the_files_source_may_name_a_file_of_the_host()
    {
        var text = One.Replace("asn: 64511", "asn: 64511, passwordFrom: {file: /etc/shadow}", StringComparison.Ordinal);

        var document = Assert.Single(new DialectCompiler(new Owner("api/cli")).Compile("a.yaml", text).Documents);

        Assert.Equal(("spec.passwordFrom.file", false), (Assert.Single(document.Problems).Field, document.IsValid));
    }
}
