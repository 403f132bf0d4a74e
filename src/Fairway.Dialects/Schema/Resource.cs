using Fairway.Dialects.Yaml;
using Fairway.Intents.Model;
using Fairway.Net;

namespace Fairway.Dialects.Schema;

/// <summary>A well-formed object, ready to be given a meaning.</summary>
internal sealed record Resource(Owner Owner, string Kind, SchemaObject Metadata, SchemaObject Spec, YamlValue Root, Reading Reading)
{
    public string Name => Metadata.Get(KindSchema.Name);

    public ValueList<Label> Labels => Metadata.Get(KindSchema.Labels);

    public IntentOrigin Origin => OriginAt(Root);

    public IntentOrigin OriginAt(YamlValue at) => new(Kind, Name, Reading.File, Reading.LineOf(at));

    public IntentKey Key(IntentType type) => new(Owner, type, Name);
}
