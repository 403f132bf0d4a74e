namespace Fairway.Net.Options;

/// <summary>
/// A secret that never shows: <see cref="ToString"/> says nothing of it. Without a value it is a secret that was wished for and cannot be
/// read, which keeps its peer down (never an unauthenticated session).
/// </summary>
public sealed class SecretValue : IEquatable<SecretValue>
{
    private readonly string? _value;

    private SecretValue(string? value, string? problem)
    {
        _value = value;
        Problem = problem;
    }

    /// <summary>Why there is no value, or null.</summary>
    public string? Problem { get; }

    public bool IsMissing => _value is null;

    public static SecretValue Of(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        return new(value, null);
    }

    public static SecretValue Missing(string problem) => new(null, problem);

    /// <summary>The secret itself, for the socket alone.</summary>
    public string Reveal() => _value ?? throw new InvalidOperationException(Problem);

    public bool Equals(SecretValue? other) => other is not null && _value == other._value && Problem == other.Problem;

    public override bool Equals(object? obj) => Equals(obj as SecretValue);

    public override int GetHashCode() => HashCode.Combine(_value, Problem);

    public override string ToString() => IsMissing ? "missing" : "set";
}
