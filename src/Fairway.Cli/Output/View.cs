using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fairway.Cli.Output;

/// <summary>A table as the CLI prints it: <c>{"items": [...]}</c> in JSON, aligned columns for people.</summary>
internal sealed class View<T>(params Column<T>[] columns)
{
    public void Write(TextWriter output, OutputFormat format, IEnumerable<T> rows)
    {
        switch (format)
        {
            case OutputFormat.Json:
                WriteJson(output, rows);
                break;
            case OutputFormat.Yaml:
                YamlWriter.Write(output, new JsonObject { ["items"] = new JsonArray([.. rows.Select(ToJson)]) });
                break;
            default:
                WriteTable(output, rows, format is OutputFormat.Wide);
                break;
        }
    }

    public JsonNode ToJson(T row)
    {
        var item = new JsonObject();
        foreach (var column in columns)
        {
            item[column.Name] = column.Value(row);
        }

        return item;
    }

    // Row by row: a full Internet table is never held as one document.
    private void WriteJson(TextWriter output, IEnumerable<T> rows)
    {
        var separator = "{\"items\": [\n";
        foreach (var row in rows)
        {
            output.Write(separator);
            output.Write("  ");
            output.Write(ToJson(row).ToJsonString(JsonOptions.OneLine));
            separator = ",\n";
        }

        output.WriteLine(separator[0] is '{' ? "{\"items\": []}" : "\n]}");
    }

    private void WriteTable(TextWriter output, IEnumerable<T> rows, bool wide)
    {
        var shown = columns.Where(column => column.Heading is not null && (wide || !column.Wide)).ToArray();
        List<string[]> lines = [[.. shown.Select(column => column.Heading!)]];
        lines.AddRange(rows.Select(row => shown.Select(column => Cell(column, row)).ToArray()));
        var widths = shown.Select((_, index) => lines.Max(line => line[index].Length)).ToArray();
        foreach (var line in lines)
        {
            output.WriteLine(string.Join("  ", line.Select((cell, index) => cell.PadRight(widths[index]))).TrimEnd());
        }
    }

    private static string Cell(Column<T> column, T row)
    {
        var text = column.Text is { } format ? format(row) : ToText(column.Value(row));
        return text.Length == 0 ? "-" : text;
    }

    internal static string ToText(JsonNode? value) => value switch
    {
        null => "",
        JsonArray array => string.Join(array.Any(item => item?.ToString().Contains(' ', StringComparison.Ordinal) == true) ? ", " : ",", array.Select(ToText)),
        JsonValue scalar when scalar.GetValueKind() is JsonValueKind.True => "yes",
        JsonValue scalar when scalar.GetValueKind() is JsonValueKind.False => "no",
        JsonValue scalar when scalar.TryGetValue<IFormattable>(out var number) => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

/// <summary>How JSON is written.</summary>
internal static class JsonOptions
{
    public static readonly JsonSerializerOptions OneLine = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly JsonSerializerOptions Indented = new(OneLine) { WriteIndented = true };
}
