namespace Fairway.Testing;

/// <summary>A test that reads the <see cref="Corpus"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute() => Skip = Corpus.SkipReason;
}
