using Fairway.Dialects.Native;
using Fairway.Dialects.Schema;
using Fairway.Dialects.Yaml;
using Fairway.Intents.Model;

namespace Fairway.Dialects;

/// <summary>From one parsed document to its object and wishes; a pure function of its arguments.</summary>
internal static class DocumentCompiler
{
    public static CompiledDocument Compile(YamlChunk chunk, YamlDocument document, string file, Owner owner)
    {
        var root = document.Root!;
        var identity = Identity.Of(root);
        var reading = new Reading(file, chunk.FirstLine, identity.ToString());
        var compiled = new CompiledDocument
        {
            File = file,
            FirstLine = chunk.FirstLine,
            Text = chunk.Text,
            Line = reading.LineOf(root),
            Name = NetTypes.IsObjectName(identity.Name) ? identity.Name : null,
        };
        foreach (var key in document.DuplicateKeys)
        {
            reading.Error(key, key.Text, ProblemReason.DuplicateKey, $"'{key.Text}' stands twice in one block");
        }

        var (schema, isMaybeOurs) = FindSchema(root, identity, reading);
        var resource = root is YamlMap map ? schema?.Read(map, owner, reading) : null;
        var intents = resource is null ? [] : schema!.Compile(resource);
        return compiled with
        {
            Kind = schema?.Kind,
            IsMaybeOurs = isMaybeOurs,
            Intents = reading.HasErrors ? [] : [.. intents],
            Problems = [.. reading.Problems],
        };
    }

    /// <summary>The schema, or problems that say why there is none, and whether one of our objects may be meant all the same.</summary>
    private static (KindSchema? Schema, bool IsMaybeOurs) FindSchema(YamlValue root, Identity identity, Reading reading)
    {
        if (root is not YamlMap map)
        {
            reading.Error(root, "", ProblemReason.WrongType, $"an object with apiVersion, kind, metadata and spec is wanted here, not {root.Form}");
            return (null, true);
        }

        if (identity.ApiVersion is null || identity.Kind is null)
        {
            ReportMissing(map, identity.ApiVersion is null ? "apiVersion" : "kind", reading);
            return (null, true);
        }

        if (identity.ApiVersion == NativeDialect.ApiVersion && NativeDialect.Find(identity.Kind) is { } schema)
        {
            return (schema, true);
        }

        return (null, WarnUnknown(map, identity, reading));
    }

    private static void ReportMissing(YamlMap root, string field, Reading reading)
    {
        var nearest = NearestWord.Of(field, root.Entries.Select(entry => entry.Key.Text));
        if (root.Entries.FirstOrDefault(entry => entry.Key.Text == nearest) is { Key: { } key } && nearest != field)
        {
            reading.Error(key, nearest!, ProblemReason.UnknownField, $"there is no field '{nearest}' here", field);
        }
        else
        {
            reading.Error(root.Find(field) ?? root, field, ProblemReason.Missing, $"'{field}' is missing: a text");
        }
    }

    /// <summary>Kinds of others are none of our business; a near miss of ours is told as one.</summary>
    private static bool WarnUnknown(YamlMap root, Identity identity, Reading reading)
    {
        var group = identity.ApiVersion!.Split('/')[0];
        var isOurs = group == NativeDialect.Group || NearestWord.Of(group, [NativeDialect.Group]) is not null;
        var isKnownKind = NativeDialect.Find(identity.Kind!) is not null;
        var (field, suggestion) = isOurs && !isKnownKind
            ? ("kind", NearestWord.Of(identity.Kind!, NativeDialect.Kinds))
            : ("apiVersion", isOurs || isKnownKind ? NativeDialect.ApiVersion : null);
        var message = $"{identity.ApiVersion} {identity.Kind} is not a kind that this version knows; the document is ignored";
        reading.Warning(root.Find(field)!, field, ProblemReason.UnknownKind, message, suggestion);
        return isOurs || isKnownKind;
    }

    /// <summary>What a document says it is, read with as little trust as possible.</summary>
    private readonly record struct Identity(string? ApiVersion, string? Kind, string? Name)
    {
        public static Identity Of(YamlValue root) => root is YamlMap map
            ? new(Text(map.Find("apiVersion")), Text(map.Find("kind")), Text((map.Find("metadata") as YamlMap)?.Find("name")))
            : default;

        public override string? ToString() => Kind is null ? Name : Name is null ? Kind : $"{Kind}/{Name}";

        private static string? Text(YamlValue? value) => value is YamlScalar { IsNull: false, Text.Length: > 0 } scalar ? scalar.Text : null;
    }
}
