using System.Text.Json.Nodes;

namespace Fairway.Cli.Output;

/// <summary>
/// One field of a view: its name in JSON (part of the outer contract) and its heading in tables. A column without a heading stands in JSON
/// only; a wide one in <c>-o wide</c> too.
/// </summary>
internal sealed record Column<T>(string Name, string? Heading, Func<T, JsonNode?> Value, bool Wide = false)
{
    /// <summary>How a cell reads where that is not simply the value.</summary>
    public Func<T, string>? Text { get; init; }
}

/// <summary>Makes JSON values of what messages hold.</summary>
internal static class Json
{
    public static JsonArray Array(IEnumerable<string> items) => [.. items.Select(item => (JsonNode?)item)];

    /// <summary>Null for the empty string, which is how absent text travels in proto3.</summary>
    public static JsonNode? Text(string value) => value.Length == 0 ? null : value;
}
