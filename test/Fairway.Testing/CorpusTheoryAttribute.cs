namespace Fairway.Testing;

/// <summary>A theory that reads the <see cref="Corpus"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute() => Skip = Corpus.SkipReason;
}
