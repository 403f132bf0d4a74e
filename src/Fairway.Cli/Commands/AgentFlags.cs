using System.CommandLine;
using System.Net;
using Fairway.Agent;

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
    private readonly (Option<string> Flag, string Needs)[] _notBuilt =
    [
        (Flag("--kubeconfig", "FILE", hidden: true), "the Kubernetes source"),
        (Flag("--dialects", "LIST", hidden: true), "dialects other than fairway"),
        (Flag("--routecontrol", "SOCKET", hidden: true), "the RouteControl API"),
        (Flag("--frr-sockets", "DIR", hidden: true), "the frr speaker"),
        (Flag("--gobgp", "HOST:PORT", hidden: true), "the gobgp speaker"),
    ];

    public void AddTo(Command command)
    {
        Option<string>[] built = [_config, _node, _files, _speaker, _dataplane, _socket, _http, _state, _stop, _drift, _kubernetes];
        foreach (var flag in built.Concat(_notBuilt.Select(entry => entry.Flag)))
        {
            command.Add(flag);
        }
    }

    /// <exception cref="AgentException">A flag or the file is wrong; the text names it.</exception>
    public AgentOptions Read(ParseResult parse)
    {
        RefuseNotBuilt(parse);
        var options = AgentConfigFile.Load(parse.GetValue(_config));
        options = options with
        {
            Node = parse.GetValue(_node) ?? options.Node,
            FilesPath = parse.GetValue(_files) ?? options.FilesPath,
            State = parse.GetValue(_state) ?? options.State,
            Api = options.Api with { Socket = parse.GetValue(_socket) ?? options.Api.Socket },
            Http = parse.GetValue(_http) is { } http ? ParseHttp(http) : options.Http,
            Dataplane = options.Dataplane with { Kind = Word(parse, _dataplane, options.Dataplane.Kind) },
            Stop = Word(parse, _stop, options.Stop),
            SpeakerDrift = Word(parse, _drift, options.SpeakerDrift),
            DataplaneDrift = Word(parse, _drift, options.DataplaneDrift),
        };
        return options.FilesPath is not null
            ? options
            : throw new AgentException("no source of documents: give --files DIR, or sources.files.path in the file of --config");
    }

    private void RefuseNotBuilt(ParseResult parse)
    {
        foreach (var (flag, needs) in _notBuilt)
        {
            if (parse.GetValue(flag) is not null)
            {
                throw new AgentException($"{flag.Name} needs {needs}, which is not built yet");
            }
        }

        if (parse.GetValue(_kubernetes) is not (null or "off"))
        {
            throw new AgentException("--kubernetes: the Kubernetes source is not built yet; only 'off' is possible");
        }

        if (parse.GetValue(_speaker) is { } speaker and not "native")
        {
            throw new AgentException(speaker is "gobgp" or "frr" ? $"--speaker {speaker} is not built yet; only 'native' is" : $"--speaker: '{speaker}' is no speaker; use native");
        }
    }

    private static T Word<T>(ParseResult parse, Option<string> flag, T fallback)
        where T : struct, Enum
    {
        if (parse.GetValue(flag) is not { } word)
        {
            return fallback;
        }

        var words = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToArray();
        return words.Contains(word) && Enum.TryParse<T>(word, ignoreCase: true, out var value)
            ? value
            : throw new AgentException($"{flag.Name}: '{word}' is not one of {string.Join(", ", words)}");
    }

    private static IPEndPoint? ParseHttp(string text) => text is "off" ? null : IPEndPoint.TryParse(text, out var endPoint) && endPoint.Port != 0
        ? endPoint
        : throw new AgentException($"--http: '{text}' is not ADDR:PORT, e.g. 127.0.0.1:9179");

    private static Option<string> Flag(string name, string helpName, string description = "", bool hidden = false) => new(name) { HelpName = helpName, Description = description, Hidden = hidden };
}
