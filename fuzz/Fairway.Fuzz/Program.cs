using System.Globalization;
using Fairway.Fuzz;

return args switch
{
    [var target, "--run", var seconds, var seed, .. var folders] when FuzzTargets.All.ContainsKey(target) || target == "all" =>
        Run(target, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)), int.Parse(seed, CultureInfo.InvariantCulture), folders),
    [var target, var file] when FuzzTargets.All.ContainsKey(target) => Once(target, file),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Fairway.Fuzz TARGET FILE|-");
    Console.Error.WriteLine("       Fairway.Fuzz TARGET|all --run SECONDS SEED [FOLDER OF SEEDS]...");
    Console.Error.WriteLine($"targets: {string.Join(' ', FuzzTargets.All.Keys)}");
    return 2;
}

// An exception leaves the process as a crash, which is what a fuzzer looks for.
static int Once(string target, string file)
{
    using var input = new MemoryStream();
    using (var source = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file))
    {
        source.CopyTo(input);
    }

    FuzzTargets.All[target](input.ToArray());
    return 0;
}

static int Run(string target, TimeSpan duration, int seed, string[] folders)
{
    var names = target == "all" ? FuzzTargets.All.Keys.ToArray() : [target];
    var mutator = new Mutator(Seeds(folders), new Random(seed));
    var end = DateTime.UtcNow + duration;
    var inputs = 0L;
    for (; DateTime.UtcNow < end; inputs++)
    {
        var input = mutator.Next();
        foreach (var name in names)
        {
            try
            {
                FuzzTargets.All[name](input);
            }
            catch (Exception failure) when (Report(name, input, failure))
            {
                return 1;
            }
        }
    }

    Console.WriteLine($"{inputs} inputs for each of {string.Join(' ', names)}, seed {seed}: nothing broke");
    return 0;
}

static bool Report(string target, byte[] input, Exception failure)
{
    var file = $"crash-{target}.bin";
    File.WriteAllBytes(file, input);
    Console.Error.WriteLine($"{target} broke; the input is in {file}\n{failure}");
    return true;
}

// Whole messages and their bodies, since most targets take a body.
static List<byte[]> Seeds(string[] folders)
{
    var files = folders.SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);
    return [.. BuiltInSeeds.All.Concat(files).SelectMany(bytes => bytes.Length > 19 ? new[] { bytes, bytes[19..] } : [bytes])];
}
