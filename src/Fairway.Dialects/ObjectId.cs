namespace Fairway.Dialects;

/// <summary>Names an object among all documents of a source.</summary>
public readonly record struct ObjectId(string Kind, string Name) : IComparable<ObjectId>
{
    public int CompareTo(ObjectId other) => string.CompareOrdinal(Kind, other.Kind) is var order and not 0 ? order : string.CompareOrdinal(Name, other.Name);

    public static bool operator <(ObjectId left, ObjectId right) => left.CompareTo(right) < 0;

    public static bool operator >(ObjectId left, ObjectId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ObjectId left, ObjectId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ObjectId left, ObjectId right) => left.CompareTo(right) >= 0;

    /// <summary>"BgpPeer/tor1".</summary>
    public override string ToString() => $"{Kind}/{Name}";
}
