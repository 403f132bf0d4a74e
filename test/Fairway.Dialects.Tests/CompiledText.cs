using System.Collections;
using System.Globalization;
using System.Text;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Dialects.Tests;

/// <summary>Prints a compiled file: problems first, then each wish with everything that is not empty.</summary>
internal static class CompiledText
{
    public static string Of(CompiledFile file)
    {
        var text = new StringBuilder();
        if (file.Broken is { } broken)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"broken {broken}");
        }

        foreach (var document in file.Documents)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{document.Id?.ToString() ?? "?"} line {document.Line}: {(document.IsValid ? "valid" : "refused")}");
            foreach (var problem in document.Problems)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {problem}");
            }

            foreach (var intent in document.Intents)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {intent.Key} from {intent.Origin.File}:{intent.Origin.Line}");
                Write(intent, "    ", text);
            }
        }

        return text.ToString();
    }

    private static void Write(object value, string indent, StringBuilder text)
    {
        foreach (var property in value.GetType().GetProperties().OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            if (property.Name is "Key" or "Origin" or "AcceptedAt" && value is Intent || property.GetIndexParameters().Length > 0 || property.GetValue(value) is not { } inner)
            {
                continue;
            }

            if (IsLeaf(inner))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{indent}{property.Name}: {inner}");
            }
            else if (inner is IEnumerable list)
            {
                WriteList(property.Name, list.Cast<object>().ToList(), indent, text);
            }
            else
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{indent}{property.Name}:");
                Write(inner, indent + "  ", text);
            }
        }
    }

    private static void WriteList(string name, List<object> items, string indent, StringBuilder text)
    {
        if (items.All(IsLeaf))
        {
            text.Append(items.Count == 0 ? "" : $"{indent}{name}: [{string.Join(", ", items.Select(item => string.Create(CultureInfo.InvariantCulture, $"{item}")))}]\n");
            return;
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"{indent}{name}:");
        foreach (var item in items)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{indent}-");
            Write(item, indent + "  ", text);
        }
    }

    /// <summary>What has a short text of its own.</summary>
    private static bool IsLeaf(object value) =>
        value is string or SecretValue or IntentKey or PeerKey or IpAddr or IpPrefix or Asn or RouterId or AddressFamily or TimeSpan
        || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || value.GetType().Namespace == "Fairway.Net.Routes"
        || value is Label or ListenEndpoint or RemoteAs or Net.Policies.PrefixRange or Net.Policies.NumberRange;
}
