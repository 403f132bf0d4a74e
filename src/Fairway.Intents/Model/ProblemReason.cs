namespace Fairway.Intents.Model;

/// <summary>The stable words of <see cref="SourceProblem.Reason"/>; scripts may compare with them.</summary>
public static class ProblemReason
{
    /// <summary>The text is not YAML to its end, so nothing in it can be trusted.</summary>
    public const string NotYaml = "NotYaml";

    /// <summary>The file, link or directory cannot be read.</summary>
    public const string Unreadable = "Unreadable";

    /// <summary>A limit on size, depth or number was passed.</summary>
    public const string TooLarge = "TooLarge";

    /// <summary>The file looks as if its writer had not finished; it is looked at again.</summary>
    public const string CutOff = "CutOff";

    /// <summary>The directory holds no documents any more; it is looked at again.</summary>
    public const string Emptied = "Emptied";
    public const string UnknownKind = "UnknownKind";
    public const string UnknownField = "UnknownField";
    public const string UnknownWord = "UnknownWord";
    public const string WrongType = "WrongType";
    public const string OutOfRange = "OutOfRange";
    public const string BadAddress = "BadAddress";
    public const string BadPrefix = "BadPrefix";
    public const string BadCommunity = "BadCommunity";
    public const string BadName = "BadName";
    public const string Missing = "Missing";

    /// <summary>Two fields cannot both hold.</summary>
    public const string Contradictory = "Contradictory";

    /// <summary>The feature is known and not built yet, so it is refused rather than ignored.</summary>
    public const string NotBuiltYet = "NotBuiltYet";
    public const string DuplicateKey = "DuplicateKey";
    public const string DuplicateValue = "DuplicateValue";
    public const string DuplicateObject = "DuplicateObject";
    public const string SecretMissing = "SecretMissing";
    public const string UnknownPolicy = "UnknownPolicy";
    public const string UnknownPeer = "UnknownPeer";
    public const string NoInstance = "NoInstance";
}
