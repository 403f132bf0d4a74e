using Fairway.Bgp.Wire;
using Fairway.Testing;
using static Fairway.Bgp.Tests.Wire.WireBytes;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>Bytes from many speakers, and bytes that once crashed one: always an answer, and the right class of it.</summary>
public class CorpusDecodeTests
{
    /// <summary>
    /// The answers, counted per file. What looks like a fault in a good file is ADD-PATH, two-octet ASNs or a family that we did not
    /// negotiate. FAIRWAY_REFRESH=1 writes the expected text anew.
    /// </summary>
    [CorpusFact]
    public void Every_message_gets_the_right_class_of_answer()
    {
        var counts = CorpusMessages.All()
            .GroupBy(item => item.Source)
            .Select(file => $"{file.Key}: {string.Join(", ", file.CountBy(item => Classify(Decode(item.Message, item.Options))).Select(Describe).Order(StringComparer.Ordinal))}");
        var actual = string.Join('\n', counts) + "\n";

        if (Environment.GetEnvironmentVariable("FAIRWAY_REFRESH") == "1")
        {
            File.WriteAllText(SourcePath(), actual);
        }

        Assert.Equal(File.ReadAllText(SourcePath()), actual);
    }

    [CorpusFact]
    public void What_decodes_without_a_problem_survives_the_way_back()
    {
        foreach (var (source, message, options) in CorpusMessages.All())
        {
            if (Decode(message, options).Value is { } value && value is not UpdateMessage { Problems.Count: > 0 })
            {
                var again = Split(Encode(value, options)).ConvertAll(bytes => Decode(bytes, options).Value!);
                Assert.True(Same(value, again), $"{source}: {Convert.ToHexString(message)}");
            }
        }
    }

    // Encoding gives one message for withdrawals and one for each set of attributes.
    private static bool Same(BgpMessage value, List<BgpMessage> again) => value is UpdateMessage update
        ? again.Cast<UpdateMessage>().SelectMany(part => part.Withdrawn).Order().SequenceEqual(update.Withdrawn.Order())
            && again.Cast<UpdateMessage>().SelectMany(part => part.Announced).SequenceEqual(update.Announced)
        : again is [var single] && single == value;

    private static string Classify(Decoded<BgpMessage> decoded) => decoded switch
    {
        { Error: { Notification: var notification } } => $"{(int)notification.Code}/{notification.Subcode}",
        { Value: UpdateMessage { Treatment: not UpdateTreatment.None and var treatment } } => treatment.ToString(),
        _ => decoded.Value!.Type.ToString(),
    };

    private static string Describe(KeyValuePair<string, int> count) => $"{count.Key} {count.Value}";

    private static string SourcePath([System.Runtime.CompilerServices.CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "Cases", "corpus-answers.txt");
}
