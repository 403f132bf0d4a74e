namespace Fairway.Fuzz;

/// <summary>Makes new inputs out of seeds: flips, overwrites, inserts, cuts and splices.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, Random random)
{
    private const int MaxLength = 4096;

    public byte[] Next()
    {
        var input = seeds[random.Next(seeds.Count)].ToList();
        for (var times = random.Next(1, 8); times > 0; times--)
        {
            MutateOnce(input);
        }

        return [.. input.Take(MaxLength)];
    }

    private void MutateOnce(List<byte> input)
    {
        var at = random.Next(input.Count + 1);
        switch (random.Next(5))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 2 when at < input.Count:
                input.RemoveRange(at, random.Next(1, Math.Min(16, input.Count - at) + 1));
                break;
            case 3:
                var other = seeds[random.Next(seeds.Count)];
                input.InsertRange(at, other[random.Next(other.Length + 1)..]);
                break;
            default:
                input.Insert(at, (byte)random.Next(256));
                break;
        }
    }
}
