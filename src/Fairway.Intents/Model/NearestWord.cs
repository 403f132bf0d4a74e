namespace Fairway.Intents.Model;

/// <summary>Finds the word that a mistyped one was meant to be.</summary>
public static class NearestWord
{
    private const int LongestWord = 64;

    /// <summary>The candidate that differs least from <paramref name="word"/>, or null when none is near; the smaller one of equals.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(candidates);
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        return candidates
            .Where(candidate => candidate.Length <= LongestWord)
            .Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate)))
            .Where(pair => pair.Distance is not null)
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
    }

    /// <summary>Edits between the words; null when they are too many for a typo, unless one word begins with the other ("holdTime" for "hold").</summary>
    private static int? Distance(string word, string candidate)
    {
        var edits = Edits(word.ToUpperInvariant(), candidate.ToUpperInvariant());
        var isNear = edits <= Math.Max(1, Math.Max(word.Length, candidate.Length) / 3) && edits < candidate.Length;
        return isNear || BeginsWith(word, candidate) || BeginsWith(candidate, word) ? edits : null;
    }

    private static bool BeginsWith(string word, string start) => start.Length >= 3 && word.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    /// <summary>Levenshtein's distance, where two letters that changed places are one edit: the commonest typo of all.</summary>
    private static int Edits(string left, string right)
    {
        var edits = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                edits[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(edits[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1), Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
                }
            }
        }

        return edits[left.Length, right.Length];
    }
}
