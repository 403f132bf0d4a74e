using Fairway.Intents.Model;
using Fairway.Intents.Policy;
using Fairway.Intents.Store;
using Fairway.Testing.Time;
using Xunit.Abstractions;
using static Fairway.Intents.Tests.Wishes;

namespace Fairway.Intents.Tests.Policy;

/// <summary>Wishes arrive in any order, with detours, and end in the same verdicts.</summary>
public sealed class ArrivalOrderTests(ITestOutputHelper output)
{
    private static readonly Owner[] Owners = [Files, Cli, Nova, Other];

    [Fact]
    public void Any_order_of_arrival_ends_in_the_same_verdicts()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        for (var round = 0; round < 200; round++)
        {
            var random = new Random(seed + round);
            var wishes = RandomWishes(random);

            var first = Arrive(wishes, random);
            var second = Arrive(wishes, random);

            Assert.True(first.SequenceEqual(second), $"seed {seed}, round {round}");
        }
    }

    /// <summary>Few names, addresses and times, so that rivals are many.</summary>
    private static List<Intent> RandomWishes(Random random) => Enumerable.Range(0, 40)
        .Select(Intent (_) =>
        {
            var owner = Owners[random.Next(Owners.Length)];
            var (name, at) = ($"n{random.Next(4)}", 1 + random.Next(3));
            return random.Next(4) == 0
                ? Instance(owner, name, 64496 + (uint)random.Next(2), at)
                : Peer(owner, name, $"192.0.2.{1 + random.Next(3)}", 64500 + (uint)random.Next(2), at);
        })
        .DistinctBy(intent => intent.Key)
        .ToList();

    private static List<KeyValuePair<IntentKey, Verdict>> Arrive(List<Intent> wishes, Random random)
    {
        var store = new IntentStore(new ManualTimeProvider());
        var steps = wishes.GroupBy(wish => wish.Key.Owner).SelectMany(ofOwner => new[] { (ofOwner.Key, Wishes: Shuffle(ofOwner.Take(1), random)), (ofOwner.Key, Wishes: Shuffle(ofOwner, random)) }).ToList();
        foreach (var (owner, ofOwner) in Shuffle(steps, random))
        {
            store.Replace(owner, ofOwner);
        }

        foreach (var ofOwner in Shuffle(wishes.GroupBy(wish => wish.Key.Owner), random))
        {
            store.Replace(ofOwner.Key, Shuffle(ofOwner, random));
        }

        var evaluation = PolicyEngine.Evaluate(store.Snapshot, new());
        return [.. evaluation.Displaced.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal)];
    }

    private static List<T> Shuffle<T>(IEnumerable<T> items, Random random)
    {
        var list = items.ToArray();
        random.Shuffle(list);
        return [.. list];
    }
}
