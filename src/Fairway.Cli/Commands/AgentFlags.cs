using System.CommandLine;
using System.Net;
using Fairway.Agent;
using Fairway.Agent.Configuration;

namespace Fairway.Cli.Commands;

/// <summary>The flags of `fairway agent` (design section 8); each wins over its place in fairway.yaml.</summary>
internal sealed class AgentFlags
{
    private readonly Option<string> _config = Flag("--config", "FILE", "fairway.yaml");
    private readonly Option<string> _node = Flag("--node", "NAME", "this node's name [default: $NODE_NAME, else the host name]");
    private readonly Option<string> _files = Flag("--files", "DIR", "directory of documents; watched");
    private readonly Option<string> _speaker = Flag("--speaker", "KIND", "native");
    private readonly Option<string> _dataplane = Flag("--dataplane", "KIND", "linux or none");
    private readonly Option<string> _socket = Flag("--socket", "PATH", $"the agent's socket [default: {CommonOptions.DefaultSocket}]");
    private readonly Option<string> _http = Flag("--http", "ADDR:PORT", "/healthz, /readyz and /metrics [default: 127.0.0.1:9179]; off: none");
    private readonly Option<string> _state = Flag("--state", "DIR", "what outlives a restart [default: /var/lib/fairway]");
    private readonly Option<string> _stop = Flag("--stop", "POLICY", "keep or withdraw routes when stopped [default: keep]");
    private readonly Option<string> _drift = Flag("--drift", "POLICY", "repair or report [default: repair]");

    // Known to the outer contract, and refused with a reason until they are built.
    private readonly Option<string> _kubernetes = Flag("--kubernetes", "MODE", "off");
    private readonly Option<string> _dialects = Flag("--dialects", "LIST", "fairway");
    private readonly (Option<string> Flag, string Needs)[] _notBuilt =
    [
        (Flag("--kubeconfig", "FILE", hidden: true), "the Kubernetes source"),
        (Flag("--routecontrol", "SOCKET", hidden: true), "the RouteControl API"),
        (Flag("--frr-sockets", "DIR", hidden: true), "the frr speaker"),
        (Flag("--gobgp", "HOST:PORT", hidden: true), "the gobgp speaker"),
    ];

    public void AddTo(Command command)
    {
        Option<string>[] built = [_config, _node, _files, _speaker, _dataplane, _socket, _http, _state, _stop, _drift, _kubernetes, _dialects];
        foreach (var flag in built.Concat(_notBuilt.Select(entry => entry.Flag)))
        {
            command.Add(flag);
        }
    }

    /// <exception cref="AgentException">Flags or the file are wrong; the text names all that is.</exception>
    public AgentOptions Read(ParseResult parse)
    {
        var problems = new List<string>(NotBuilt(parse));
        var options = AgentConfigFile.Load(parse.GetValue(_config), problems);
        options = options with
        {
            Node = parse.GetValue(_node) ?? options.Node,
            FilesPath = parse.GetValue(_files) ?? options.FilesPath,
            State = parse.GetValue(_state) ?? options.State,
            Api = options.Api with { Socket = parse.GetValue(_socket) ?? options.Api.Socket },
            Http = ReadHttp(parse, options.Http, problems),
            Dataplane = options.Dataplane with { Kind = ReadWord(parse, _dataplane, options.Dataplane.Kind, problems) },
            Stop = ReadWord(parse, _stop, options.Stop, problems),
            SpeakerDrift = ReadWord(parse, _drift, options.SpeakerDrift, problems),
            DataplaneDrift = ReadWord(parse, _drift, options.DataplaneDrift, problems),
        };
        if (problems.Count == 0)
        {
            problems.AddRange(options.Problems());
        }

        return problems.Count == 0 ? options : throw new AgentException(string.Join("\nfairway: ", problems.Distinct()));
    }

    private IEnumerable<string> NotBuilt(ParseResult parse)
    {
        foreach (var (flag, needs) in _notBuilt.Where(entry => parse.GetValue(entry.Flag) is not null))
        {
            yield return $"{flag.Name} needs {needs}, which is not built yet";
        }

        if (parse.GetValue(_kubernetes) is not (null or "off"))
        {
            yield return "--kubernetes: the Kubernetes source is not built yet; only 'off' is possible";
        }

        if (parse.GetValue(_dialects) is not (null or "fairway"))
        {
            yield return "--dialects: dialects other than fairway are not built yet";
        }

        if (parse.GetValue(_speaker) is { } speaker and not "native")
        {
            yield return speaker is "gobgp" or "frr" ? $"--speaker {speaker} is not built yet; only 'native' is" : $"--speaker: '{speaker}' is no speaker; use native";
        }

    }

    private static T ReadWord<T>(ParseResult parse, Option<string> flag, T fallback, List<string> problems)
        where T : struct, Enum
    {
        if (parse.GetValue(flag) is not { } word)
        {
            return fallback;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), word, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        problems.Add(word is "vpp" ? $"{flag.Name} vpp is not built yet; use linux or none" : $"{flag.Name}: '{word}' is not one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");
        return fallback;
    }

    private IPEndPoint? ReadHttp(ParseResult parse, IPEndPoint? fallback, List<string> problems)
    {
        if (parse.GetValue(_http) is not { } text)
        {
            return fallback;
        }

        if (!HttpAddress.TryParse(text, out var address))
        {
            problems.Add($"--http: '{text}' is not ADDR:PORT, e.g. 127.0.0.1:9179, or off");
        }

        return address.EndPoint;
    }

    private static Option<string> Flag(string name, string helpName, string description = "", bool hidden = false) => new(name) { HelpName = helpName, Description = description, Hidden = hidden };
}
