using Fairway.Dialects.Schema;
using Fairway.Intents.Model;
using Fields = Fairway.Agent.Configuration.ConfigFields;

namespace Fairway.Agent.Configuration;

/// <summary>What no single field's type can see.</summary>
internal static class ConfigChecks
{
    public static void Run(SchemaObject root, AgentOptions options, Reading reading)
    {
        var dataplane = root.Block(Fields.Dataplane);
        if (dataplane.FindText(Fields.DataplaneKind) is "vpp")
        {
            reading.Error(dataplane.NodeOf(Fields.DataplaneKind), dataplane.PathOf(Fields.DataplaneKind), ProblemReason.NotBuiltYet, "the vpp dataplane is not built yet");
        }

        var twice = options.Precedence.GroupBy(owner => owner).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            reading.Error(root.NodeOf(Fields.Precedence), root.PathOf(Fields.Precedence), ProblemReason.DuplicateValue, $"'{twice.Key}' stands here twice");
        }

        CheckNumbers(dataplane, options, reading);
    }

    // The dataplane knows what its numbers may be; here they only get their place in the file.
    private static void CheckNumbers(SchemaObject dataplane, AgentOptions options, Reading reading)
    {
        Field[] numbers = [Fields.Table, Fields.Metric, Fields.Protocol];
        foreach (var problem in options.Problems())
        {
            if (numbers.FirstOrDefault(field => problem.StartsWith($"dataplane.{field.Name}: ", StringComparison.Ordinal)) is { } field)
            {
                var path = dataplane.PathOf(field);
                reading.Error(dataplane.NodeOf(field), path, ProblemReason.OutOfRange, problem[(path.Length + 2)..]);
            }
        }
    }
}
