using Fairway.Intents.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Fairway.Dialects.Yaml;

/// <summary>
/// Builds the value of one document out of YamlDotNet's parser events. Depth and number of values are bounded, and an alias counts as much as
/// what it stands for, so that a short text cannot blow up.
/// </summary>
internal sealed class YamlComposer
{
    private const int MaxDepth = 64;
    private const int MaxValues = 1_000_000;

    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, Built> _anchors = [];
    private readonly List<YamlScalar> _duplicateKeys = [];
    private readonly int _lines;
    private int _values;
    private int _line = 1;

    private YamlComposer(string text)
    {
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        _lines = LinesOf(text);
    }

    /// <summary>A value with what an alias to it costs.</summary>
    private readonly record struct Built(YamlValue Value, int Values, int Height);

    public static YamlDocument Compose(string text)
    {
        var composer = new YamlComposer(text);
        try
        {
            return composer.ComposeDocument();
        }
        catch (LimitException limit)
        {
            return YamlDocument.Failed(limit.Error);
        }
        catch (YamlException exception)
        {
            return YamlDocument.Failed(Describe(exception, text));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // YamlDotNet leaves on some broken texts with exceptions of its own mistakes, such as InvalidOperationException.
            return YamlDocument.Failed(new(ProblemReason.NotYaml, "not YAML: the parser finds no way to read on after this place", composer._line, 1));
        }
    }

    private YamlDocument ComposeDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return new(null, [], null);
        }

        _parser.Consume<DocumentStart>();
        var root = ComposeValue(1).Value;
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out var second)
            ? throw Limit(second, ProblemReason.NotYaml, "a new document must start with '---'")
            : new(root, _duplicateKeys, null);
    }

    private Built ComposeValue(int depth)
    {
        var next = Next();
        if (depth > MaxDepth)
        {
            throw Limit(next, ProblemReason.TooLarge, $"nested deeper than {MaxDepth} levels");
        }

        Count(next, 1);
        return next switch
        {
            AnchorAlias alias => Resolve(alias, depth),
            NodeEvent { Tag.IsEmpty: false, Tag.IsNonSpecific: false } tagged => throw Limit(tagged, ProblemReason.NotYaml, $"the YAML tag '{tagged.Tag}' is not supported"),
            Scalar scalar => Remember(scalar, new(ToScalar(scalar), 1, 1)),
            SequenceStart start => Remember(start, ComposeList(start, depth)),
            MappingStart start => Remember(start, ComposeMap(start, depth)),
            _ => throw Limit(next, ProblemReason.NotYaml, "a value is expected here"),
        };
    }

    private Built ComposeList(SequenceStart start, int depth)
    {
        var items = new List<YamlValue>();
        var (values, height) = (1, 1);
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            var item = ComposeValue(depth + 1);
            items.Add(item.Value);
            (values, height) = (values + item.Values, Math.Max(height, item.Height + 1));
        }

        return new(new YamlList(items, Line(start), Column(start)), values, height);
    }

    private Built ComposeMap(MappingStart start, int depth)
    {
        var entries = new List<YamlEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var (values, height) = (1, 1);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ComposeKey();
            if (!keys.Add(key.Text))
            {
                _duplicateKeys.Add(key);
            }

            var value = ComposeValue(depth + 1);
            entries.Add(new(key, value.Value));
            (values, height) = (values + value.Values + 1, Math.Max(height, value.Height + 1));
        }

        return new(new YamlMap(entries, Line(start), Column(start)), values, height);
    }

    private YamlScalar ComposeKey()
    {
        var next = Next();
        Count(next, 1);
        return next is Scalar { Anchor.IsEmpty: true } scalar
            ? ToScalar(scalar)
            : throw Limit(next, ProblemReason.NotYaml, "a field name must be plain text");
    }

    private ParsingEvent Next()
    {
        var next = _parser.Consume<ParsingEvent>();
        _line = Line(next);
        return next;
    }

    private Built Resolve(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value, out var target))
        {
            throw Limit(alias, ProblemReason.NotYaml, $"the alias '*{alias.Value}' has no anchor before it");
        }

        Count(alias, target.Values);
        return depth + target.Height <= MaxDepth + 1 ? target : throw Limit(alias, ProblemReason.TooLarge, $"nested deeper than {MaxDepth} levels");
    }

    private Built Remember(NodeEvent node, Built built)
    {
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = built;
        }

        return built;
    }

    private void Count(ParsingEvent at, int values)
    {
        _values += values;
        if (_values > MaxValues)
        {
            throw Limit(at, ProblemReason.TooLarge, $"more than {MaxValues} values in one document");
        }
    }

    private YamlScalar ToScalar(Scalar scalar) => new(scalar.Value, scalar.Style == ScalarStyle.Plain, Line(scalar), Column(scalar));

    /// <summary>YamlDotNet places a wrong tab at the start of its block; people look for the line with the tab.</summary>
    private static YamlError Describe(YamlException exception, string text)
    {
        var (line, column) = (Math.Min((int)exception.Start.Line, LinesOf(text)), (int)exception.Start.Column);
        if (exception.Message.Contains("tab", StringComparison.Ordinal))
        {
            var lines = text.Split('\n');
            var tabbed = Array.FindIndex(lines, Math.Min(line - 1, lines.Length), one => one.TrimStart(' ').StartsWith('\t'));
            return new(ProblemReason.NotYaml, "a tab is used as indentation; YAML wants spaces", tabbed >= 0 ? tabbed + 1 : line, 1);
        }

        return new(ProblemReason.NotYaml, $"not YAML: {exception.Message}", line, column);
    }

    private LimitException Limit(ParsingEvent at, string reason, string message) => new(new(reason, message, Line(at), Column(at)));

    /// <summary>YamlDotNet counts the end of the text, and characters that no editor breaks lines at, as lines of their own.</summary>
    private int Line(ParsingEvent at) => Math.Min((int)at.Start.Line, _lines);

    private static int LinesOf(string text) => text.AsSpan().Count('\n') + 1;

    private static int Column(ParsingEvent at) => (int)at.Start.Column;

    /// <summary>Leaves the recursion; never leaves this class.</summary>
    private sealed class LimitException(YamlError error) : Exception(error.Message)
    {
        public YamlError Error { get; } = error;
    }
}
