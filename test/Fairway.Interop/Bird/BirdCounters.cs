using System.Globalization;
using System.Text.RegularExpressions;
using Fairway.Interop.Rig;

namespace Fairway.Interop.Bird;

/// <summary>BIRD's "Route change stats" of one protocol in one direction: routes and withdrawals that passed the session.</summary>
internal sealed partial record BirdCounters(int Updates, int Withdraws)
{
    /// <summary>What the peer sent to BIRD, also what changed nothing: the column "received".</summary>
    public static BirdCounters Import(BirdProtocol protocol) => new(Number(protocol, "Import updates", 0), Number(protocol, "Import withdraws", 0));

    /// <summary>What BIRD sent to the peer: the column "accepted".</summary>
    public static BirdCounters Export(BirdProtocol protocol) => new(Number(protocol, "Export updates", 4), Number(protocol, "Export withdraws", 4));

    public static BirdCounters operator +(BirdCounters left, BirdCounters right)
        => new(left.Updates + right.Updates, left.Withdraws + right.Withdraws);

    // "      Import updates:             20          0          0          0         20"; a column that cannot be is "---"
    private static int Number(BirdProtocol protocol, string row, int column)
    {
        var line = protocol.Details.Split('\n').Single(line => line.Contains(row + ":"));
        return int.Parse(Blank().Split(line.Split(':')[1].Trim())[column], CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(" +")]
    private static partial Regex Blank();
}
