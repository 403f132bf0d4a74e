using Fairway.Dialects;
using Fairway.Intents.Model;
using Fairway.Net.Options;
using Fairway.Sources.Files.Folding;
using Fairway.Sources.Files.Reading;

namespace Fairway.Sources.Files;

/// <summary>Compiles documents that stand in no directory, by the same rules.</summary>
public static class DocumentSet
{
    /// <param name="documents">The texts.</param>
    /// <param name="secretOf">The value of a password file, or null when it is not known.</param>
    public static CompiledSet Compile(IEnumerable<SourceText> documents, Func<string, SecretValue?> secretOf)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var files = documents.OrderBy(document => document.Path, StringComparer.Ordinal)
            .Select(document => FileReading.Of(new DialectCompiler(Owner.FilesFairway).Compile(document.Path, document.Text), null, endsWithNewline: true));
        return Compile(new DirectoryReading(FilesCondition.Ready, null, [.. files]), secretOf);
    }

    internal static CompiledSet Compile(DirectoryReading reading, Func<string, SecretValue?> secretOf)
    {
        var result = FilesFold.Fold(FilesInForce.Nothing, reading, default, TimeSpan.Zero);
        return new(Passwords.Fill(result.InForce, path => secretOf(path) ?? SecretValue.Missing($"{path} was not read")), result.Problems, result.Documents);
    }
}
