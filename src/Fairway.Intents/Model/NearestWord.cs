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
        var edits = Levenshtein(word.ToUpperInvariant(), candidate.ToUpperInvariant());
        var isNear = edits <= Math.Max(1, Math.Max(word.Length, candidate.Length) / 3) && edits < candidate.Length;
        return isNear || BeginsWith(word, candidate) || BeginsWith(candidate, word) ? edits : null;
    }

    private static bool BeginsWith(string word, string start) => start.Length >= 3 && word.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private static int Levenshtein(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitute = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
