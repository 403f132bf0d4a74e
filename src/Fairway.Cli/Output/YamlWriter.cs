using System.Text.Json.Nodes;

namespace Fairway.Cli.Output;

/// <summary>Writes JSON values as block YAML; strings keep their JSON quotes, so that nothing is read as another type.</summary>
internal static class YamlWriter
{
    public static void Write(TextWriter output, JsonNode node) => WriteNode(output, node, "", "");

    private static void WriteNode(TextWriter output, JsonNode? node, string first, string indent)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                foreach (var (key, value) in map)
                {
                    output.Write(first);
                    output.Write(key);
                    output.Write(':');
                    WriteValue(output, value, indent);
                    first = indent;
                }

                break;
            case JsonArray { Count: > 0 } list:
                foreach (var item in list)
                {
                    output.Write(first);
                    output.Write("- ");
                    WriteNode(output, item, "", indent + "  ");
                    first = indent;
                }

                break;
            default:
                output.WriteLine(first + (node?.ToJsonString(JsonOptions.OneLine) ?? "null"));
                break;
        }
    }

    private static void WriteValue(TextWriter output, JsonNode? value, string indent)
    {
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            output.WriteLine();
            WriteNode(output, value, indent + "  ", indent + "  ");
        }
        else
        {
            output.Write(' ');
            WriteNode(output, value, "", "");
        }
    }
}
