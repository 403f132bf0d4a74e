using Fairway.Intents.Model;

namespace Fairway.Intents.Policy;

/// <summary>
/// Puts rival wishes in order, the one that counts first: precedence of the owner, then the earlier acceptance, then names, so that the order
/// never depends on who arrived in which sequence.
/// </summary>
public sealed class IntentRanking : IComparer<Intent>
{
    private readonly Dictionary<Owner, int> _ranks;

    public IntentRanking(PolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _ranks = options.Precedence.Distinct().Select((owner, rank) => (owner, rank)).ToDictionary(pair => pair.owner, pair => pair.rank);
    }

    public int Compare(Intent? x, Intent? y)
    {
        if (x is null || y is null)
        {
            return (x is null).CompareTo(y is null);
        }

        var byPrecedence = RankOf(x).CompareTo(RankOf(y));
        var byTime = byPrecedence != 0 ? byPrecedence : x.AcceptedAt.CompareTo(y.AcceptedAt);
        var byOwner = byTime != 0 ? byTime : string.CompareOrdinal(x.Key.Owner.Name, y.Key.Owner.Name);
        return byOwner != 0 ? byOwner : string.CompareOrdinal(x.Key.Id, y.Key.Id);
    }

    private int RankOf(Intent intent) => _ranks.GetValueOrDefault(intent.Key.Owner, int.MaxValue);
}
