using Fairway.Dialects.Schema;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Policies;
using static Fairway.Dialects.Native.MatchFields;

namespace Fairway.Dialects.Native;

/// <summary>Gives the conditions of a policy statement their meaning.</summary>
internal static class MatchCompiler
{
    public static PolicyMatch Compile(SchemaObject match, Reading reading)
    {
        var conditions = CompileConditions(match, reading);
        var not = match.Block(Not);

        // "not: {}" is a field that was left empty, not "matches nothing".
        return not.IsEmpty ? conditions : conditions with { Not = CompileConditions(not, reading) };
    }

    private static PolicyMatch CompileConditions(SchemaObject match, Reading reading) => new()
    {
        Prefixes = match.Get(Prefixes).Select(range => ToRange(range, reading)).ToValueList(),
        Family = match.Find(Family),
        Source = match.Find(Source),
        PeerType = match.Find(MatchFields.PeerType),
        Peers = match.Get(Peers),
        Communities = match.Get(Communities),
        LargeCommunities = match.Get(LargeCommunities),
        ExtendedCommunities = match.Get(ExtendedCommunities),
        AsPathContains = match.Block(AsPath).Get(AsPathContains),
        AsPathLength = ToNumbers(match.Block(AsPath).Block(AsPathLength), reading),
        NeighborAsns = match.Get(NeighborAsn),
        OriginAsns = match.Get(OriginAsn),
        NextHops = match.Get(NextHop),
        Origin = match.Find(RouteOrigin),
        LocalPref = ToNumbers(match.Block(LocalPref), reading),
        Med = ToNumbers(match.Block(Med), reading),
    };

    private static PrefixRange ToRange(SchemaObject range, Reading reading)
    {
        var prefix = range.Get(Prefix);
        var (ge, le) = (range.Find(PrefixGe), range.Find(PrefixLe));
        var longest = prefix.Address.BitLength;
        var (minimum, maximum) = (ge ?? prefix.Length, le ?? (ge is null ? prefix.Length : longest));
        if (minimum < prefix.Length || maximum > longest || minimum > maximum)
        {
            var field = le is null || minimum < prefix.Length ? PrefixGe : PrefixLe;
            reading.Error(
                range.NodeOf(field),
                range.PathOf(field),
                ProblemReason.OutOfRange,
                $"lengths {minimum} to {maximum} do not fit {prefix}: {prefix.Length} <= ge <= le <= {longest}");
        }

        return new(prefix, (byte)minimum, (byte)maximum);
    }

    private static NumberRange? ToNumbers(SchemaObject range, Reading reading)
    {
        if (range.IsEmpty)
        {
            return null;
        }

        var (minimum, maximum) = (range.Find(Ge), range.Find(Le));
        if (minimum > maximum)
        {
            range.Contradiction(reading, Le, $"no number is at least {minimum} and at most {maximum}");
        }

        return new(minimum, maximum);
    }
}
