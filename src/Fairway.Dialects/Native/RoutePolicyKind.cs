using Fairway.Dialects.Schema;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Policies;

namespace Fairway.Dialects.Native;

/// <summary>RoutePolicy: a named list of statements for import or export.</summary>
internal static class RoutePolicyKind
{
    private static readonly FieldType<PolicyVerdict> Verdict = Types.Word(
        ("accept", PolicyVerdict.Accept), ("reject", PolicyVerdict.Reject), ("next", PolicyVerdict.Next));

    private static readonly Field<PolicyVerdict> Then = new("then", Verdict) { Default = PolicyVerdict.Next, Note = "next: the next statement, then the next policy" };

    private static readonly Field<ValueList<SchemaObject>> Statements = new(
        "statements",
        new ListType<SchemaObject>(new ObjectType(MatchFields.Match, SetFields.Set, Then)))
    {
        Default = [],
    };

    private static readonly Field<PolicyVerdict> Default = new("default", Verdict)
    {
        Default = PolicyVerdict.Next,
        Note = "for routes that no statement decided; the end of a non-empty list of policies rejects",
    };

    public static readonly KindSchema Schema = new("RoutePolicy", new ObjectType(Statements, Default)) { Compile = Compile };

    private static IReadOnlyList<Intent> Compile(Resource resource) =>
    [
        new RoutePolicyIntent
        {
            Key = resource.Key(IntentType.RoutePolicy),
            Origin = resource.Origin,
            Policy = new RoutePolicy(resource.Name)
            {
                Statements = resource.Spec.Get(Statements).Select(statement => ToStatement(statement, resource.Reading)).ToValueList(),
                Default = resource.Spec.Get(Default),
            },
        },
    ];

    private static PolicyStatement ToStatement(SchemaObject statement, Reading reading) => new()
    {
        Match = MatchCompiler.Compile(statement.Block(MatchFields.Match), reading),
        Set = SetFields.Compile(statement.Block(SetFields.Set)),
        Then = statement.Get(Then),
    };
}
