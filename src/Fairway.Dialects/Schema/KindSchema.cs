using Fairway.Dialects.Yaml;
using Fairway.Intents.Model;
using Fairway.Net;

namespace Fairway.Dialects.Schema;

/// <summary>A kind of object: its fields, and what its objects mean.</summary>
internal sealed class KindSchema
{
    public static readonly Field<string> Name = new("name", NetTypes.ObjectName) { IsRequired = true };
    public static readonly Field<ValueList<Label>> Labels = new("labels", Types.Labels) { Default = [] };
    private readonly Field<SchemaObject> _metadata;
    private readonly Field<SchemaObject> _spec;
    private readonly ObjectType _resource;

    public KindSchema(string kind, ObjectType spec)
    {
        Kind = kind;
        _metadata = new("metadata", Metadata) { IsRequired = true };
        _spec = new("spec", spec) { IsRequired = true };
        _resource = new(
            new Field<string>("apiVersion", Types.Text(253)) { IsRequired = true },
            new Field<string>("kind", Types.Text(63)) { IsRequired = true },
            _metadata,
            _spec,
            new Field<YamlValue>("status", Types.Any) { Note = "what the API server shows; not read" });
    }

    public string Kind { get; }

    /// <summary>What the whole kind needs that is not there; null for a kind that works.</summary>
    public string? NotBuilt { get; init; }

    /// <summary>From a well-formed document to wishes; tells what contradicts itself.</summary>
    public required Func<Resource, IReadOnlyList<Intent>> Compile { get; init; }

    /// <summary>What `kubectl get -o yaml` prints besides name and labels is allowed and not read.</summary>
    private static ObjectType Metadata { get; } = new(
    [
        Name,
        Labels,
        .. ((string[])["annotations", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "ownerReferences", "finalizers"])
            .Select(name => new Field<YamlValue>(name, Types.Any)),
    ]);

    /// <summary>Checks the form of a document; null when it is not well-formed.</summary>
    public Resource? Read(YamlMap root, Owner owner, Reading reading)
    {
        _resource.TryRead(root, reading, "", out var read);
        if (NotBuilt is not null)
        {
            reading.Error(root.Find("kind")!, "kind", ProblemReason.NotBuiltYet, NotBuilt);
        }

        return read is null || reading.IsMalformed
            ? null
            : new Resource(owner, Kind, read.Block(_metadata), read.Block(_spec), root, reading);
    }
}
