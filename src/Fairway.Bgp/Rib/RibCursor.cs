namespace Fairway.Bgp.Rib;

/// <summary>
/// Where a read in pieces goes on. Between two pieces the tables may change: a prefix that is there all the time is seen exactly once.
/// <c>default</c> is the start.
/// </summary>
public struct RibCursor : IEquatable<RibCursor>
{
    internal int Family { get; set; }

    internal uint Prefix { get; set; }

    /// <summary>Everything was read.</summary>
    public bool IsAtEnd { get; internal set; }

    public readonly bool Equals(RibCursor other) => (Family, Prefix, IsAtEnd) == (other.Family, other.Prefix, other.IsAtEnd);

    public override readonly bool Equals(object? obj) => obj is RibCursor other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Family, Prefix, IsAtEnd);

    public static bool operator ==(RibCursor left, RibCursor right) => left.Equals(right);

    public static bool operator !=(RibCursor left, RibCursor right) => !left.Equals(right);
}
