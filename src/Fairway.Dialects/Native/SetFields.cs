using Fairway.Dialects.Schema;
using Fairway.Net;
using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Dialects.Native;

/// <summary>What a policy statement changes on a route; a field that is not written is left alone.</summary>
internal static class SetFields
{
    private const int MostPrepends = 255;

    private static readonly Field<uint> LocalPref = new("localPref", Types.Number());
    private static readonly Field<uint> Med = new("med", Types.Number());
    private static readonly Field<Origin> RouteOrigin = new("origin", NetTypes.Origin);
    private static readonly Field<uint> Weight = new("weight", Types.Number());
    private static readonly Field<uint> Metric = new("metric", Types.Number()) { NotBuilt = "a metric per route in the kernel" };
    private static readonly CommunityFields<Community> Communities = new("communities", NetTypes.Community);
    private static readonly CommunityFields<LargeCommunity> LargeCommunities = new("largeCommunities", NetTypes.LargeCommunity);
    private static readonly CommunityFields<ExtendedCommunity> ExtendedCommunities = new("extendedCommunities", NetTypes.ExtendedCommunity);

    /// <summary>Null stands for our own AS.</summary>
    private static readonly Field<PrependAsn> PrependedAsn = new("asn", new ScalarType<PrependAsn>("self or an AS number", ParsePrependAsn)) { Default = default };
    private static readonly Field<int> PrependTimes = new("times", Types.Count(1, MostPrepends)) { Default = 1 };
    private static readonly Field<SchemaObject> Prepend = new("prepend", new ObjectType(PrependedAsn, PrependTimes));
    private static readonly Field<NextHopPolicy> NextHop = new("nextHop", NetTypes.NextHop);

    public static readonly Field<SchemaObject> Set = new("set", new ObjectType(
        LocalPref, Med, RouteOrigin, Weight, Metric, Communities.Field, LargeCommunities.Field, ExtendedCommunities.Field, Prepend, NextHop));

    private readonly record struct PrependAsn(Asn? Asn);

    public static PolicySet Compile(SchemaObject set) => new()
    {
        LocalPref = set.Find(LocalPref),
        Med = set.Find(Med),
        Origin = set.Find(RouteOrigin),
        Weight = set.Find(Weight),
        Communities = Communities.Compile(set),
        LargeCommunities = LargeCommunities.Compile(set),
        ExtendedCommunities = ExtendedCommunities.Compile(set),
        Prepend = set.Block(Prepend) is { IsEmpty: false } prepend ? new PrependChange(prepend.Get(PrependedAsn).Asn, prepend.Get(PrependTimes)) : null,
        NextHop = set.Find(NextHop),
    };

    private static Parsed<PrependAsn> ParsePrependAsn(string text) =>
        text == "self" ? new PrependAsn(null) : NetTypes.ParseAsn(text, isOwn: true).Map(asn => new PrependAsn(asn));

    /// <summary>The block that changes one kind of communities.</summary>
    private sealed class CommunityFields<T>
        where T : notnull
    {
        private readonly Field<ValueList<T>> _add;
        private readonly Field<ValueList<T>> _remove;
        private readonly Field<ValueList<T>> _replace;

        public CommunityFields(string name, FieldType<T> community)
        {
            var list = new ListType<T>(community);
            _add = new("add", list) { Default = [] };
            _remove = new("remove", list) { Default = [] };
            _replace = new("replace", list) { Note = "written and empty: removes all" };
            Field = new(name, new ObjectType(_add, _remove, _replace));
        }

        public Field<SchemaObject> Field { get; }

        public CommunityChange<T> Compile(SchemaObject set)
        {
            var block = set.Block(Field);
            return new(block.Get(_add), block.Get(_remove), block.Find(_replace));
        }
    }
}
