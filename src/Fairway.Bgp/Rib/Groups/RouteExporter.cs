using Fairway.Bgp.Policy;
using Fairway.Bgp.Rib.Rules;
using Fairway.Bgp.Rib.Tables;

namespace Fairway.Bgp.Rib.Groups;

/// <summary>Evaluates routes for one <see cref="ExportTarget"/>, remembering the outcome for attributes where it does not depend on the prefix.</summary>
internal sealed class RouteExporter(RibOptions instance, ExportTarget target, FamilyTable table, ExportValues values, Func<ushort, RibPeer> peers)
{
    private readonly bool _ignoresPrefix = PolicyEvaluator.IgnoresPrefix(target.Policies);
    private readonly Dictionary<(uint Attributes, int Source), Remembered> _outcomes = [];

    // Ids in the memory hold no use: a generation that moved on tells that an id has got another meaning.
    private readonly record struct Remembered(uint Generation, uint Outcome, uint OutcomeGeneration);

    /// <summary>The prefix's value now; it comes with a use.</summary>
    public ExportValue Evaluate(uint prefix)
    {
        var learned = EvaluateLearned(prefix);
        if ((table.Prefix(prefix).Flags & PrefixFlags.Local) == 0)
            return learned;

        var local = table.Locals[prefix];
        var alternatives = local.Advertised.Alternatives;
        if (alternatives[0].Peers is not null)
            return values.Add(new(alternatives, [.. Enumerable.Range(0, alternatives.Count).Select(i => EvaluateLocal(prefix, local, i))], learned));
        values.Release(learned);
        return new(EvaluateLocal(prefix, local, 0), 0);
    }

    public void Forget() => _outcomes.Clear();

    private ExportValue EvaluateLearned(uint prefix)
    {
        var best = table.UsableBest(prefix);
        if (best == 0)
            return default;
        ref var path = ref table.Path(best);
        var sent = Export(prefix, path.Accepted, ExportSource.Learned(peers(path.Peer).Options));
        return sent == 0 ? default : new(sent, path.Peer);
    }

    private uint EvaluateLocal(uint prefix, LocalRoute local, int alternative) =>
        Export(prefix, local.Attributes[alternative], ExportSource.Local(local.Advertised.Alternatives[alternative].Attributes.Prepend));

    private uint Export(uint prefix, uint id, ExportSource source)
    {
        if (!_ignoresPrefix)
            return Run(prefix, id, source);

        var attributes = values.Attributes;
        if (_outcomes.TryGetValue((id, source.Class), out var known)
            && known.Generation == attributes.Generation(id)
            && known.OutcomeGeneration == attributes.Generation(known.Outcome))
        {
            return attributes.Hold(known.Outcome);
        }

        var outcome = Run(prefix, id, source);
        if (_outcomes.Count > 1024 + (4 * attributes.Count))
            _outcomes.Clear();
        _outcomes[(id, source.Class)] = new(attributes.Generation(id), outcome, attributes.Generation(outcome));
        return outcome;
    }

    private uint Run(uint prefix, uint id, ExportSource source)
    {
        var route = new ExportRoute(table.PrefixOf(prefix), values.Attributes.Read(id), source);
        return ExportRules.Evaluate(instance, target, route).Attributes is { } sent ? values.Attributes.Intern(sent) : 0;
    }
}
