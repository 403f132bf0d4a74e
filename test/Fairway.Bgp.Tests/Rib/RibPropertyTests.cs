namespace Fairway.Bgp.Tests.Rib;

/// <summary>The compact tables against the plain ones.</summary>
public sealed class RibPropertyTests
{
    [Theory]
    [InlineData(1, 30)]
    public void Whatever_happens_in_whatever_order_both_tables_agree(int firstSeed, int runs)
    {
        for (var seed = firstSeed; seed < firstSeed + runs; seed++)
        {
            try
            {
                new RandomRib(seed).Run(400);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"With seed {seed}: {failure.Message}", failure);
            }
        }
    }
}
