using System.Net;
using Fairway.Agent.Configuration;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Reconciliation.Drift;
using Fairway.Speakers;

namespace Fairway.Agent.Tests.Configuration;

public sealed class AgentConfigFileTests
{
    [Fact]
    public void Every_field_that_is_built_reaches_the_options()
    {
        var (options, problems) = AgentConfigFile.Parse("fairway.yaml", """
            node: n1
            sources:
              files: {path: /etc/fairway/documents, settle: 200ms}
              kubernetes: {mode: off}
            dialects: [fairway]
            speaker: {kind: native}
            dataplane: {kind: linux, table: 100, metric: 30, protocol: 77, exclude: [10.0.0.0/8], allowProtected: ["::/0"]}
            api: {socket: /run/f.sock, group: netops, admins: {uids: [0], gids: []}}
            http: {listen: "192.0.2.1:9000", page: loopback}
            state: /srv/fairway
            stop: {policy: withdraw, timeout: 20s}
            drift: {speaker: report, dataplane: repair, interval: 2m}
            precedence: [kubernetes/milo, files/fairway]
            owners: {}
            """);

        Assert.Empty(problems);
        Assert.Equal(new AgentOptions
        {
            Node = "n1",
            FilesPath = "/etc/fairway/documents",
            FilesSettle = TimeSpan.FromMilliseconds(200),
            Dataplane = new DataplaneOptions
            {
                Kind = DataplaneKind.Linux,
                Table = 100,
                Metric = 30,
                Protocol = 77,
                Exclude = [IpPrefix.Parse("10.0.0.0/8")],
                AllowProtected = [IpPrefix.Parse("::/0")],
            },
            Api = new ApiOptions { Socket = "/run/f.sock", Group = "netops" },
            Http = IPEndPoint.Parse("192.0.2.1:9000"),
            State = "/srv/fairway",
            Stop = StopPolicy.Withdraw,
            StopTimeout = TimeSpan.FromSeconds(20),
            SpeakerDrift = DriftPolicy.Report,
            DataplaneDrift = DriftPolicy.Repair,
            AuditInterval = TimeSpan.FromMinutes(2),
            Precedence = [new Owner("kubernetes/milo"), Owner.FilesFairway],
        }, options);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n---\n")]
    [InlineData("sources:\nhttp: {}\n")]
    public void What_is_not_written_has_the_defaults_of_the_design(string text)
    {
        var (options, problems) = AgentConfigFile.Parse("fairway.yaml", text);

        Assert.Empty(problems);
        Assert.Equal(new AgentOptions { Node = options.Node }, options);
        Assert.Equal(("/run/fairway/fairway.sock", "127.0.0.1:9179", "/var/lib/fairway"), (options.Api.Socket, options.Http?.ToString(), options.State));
        Assert.Equal((254u, 20u, 196), (options.Dataplane.Table, options.Dataplane.Metric, (int)options.Dataplane.Protocol));
        Assert.Equal((StopPolicy.Keep, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)), (options.Stop, options.StopTimeout, options.AuditInterval));
        Assert.NotEmpty(options.Node);
    }

    [Fact]
    public void Probes_and_metrics_can_be_switched_off()
    {
        var (options, problems) = AgentConfigFile.Parse("fairway.yaml", "http: {listen: off}");

        Assert.Empty(problems);
        Assert.Null(options.Http);
    }

    [Fact]
    public void All_problems_are_told_at_once_with_line_field_reason_and_the_right_word()
    {
        var (_, problems) = AgentConfigFile.Parse("fairway.yaml", """
            nodes: n1
            dataplane:
              kind: linus
              tabel: 254
            http: {listen: "127.0.0.1"}
            stop: {timeout: 10}
            """);

        Assert.Equal(
            [
                (1, "nodes", "UnknownField", "node"),
                (3, "dataplane.kind", "UnknownWord", "linux"),
                (4, "dataplane.tabel", "UnknownField", "table"),
                (5, "http.listen", "BadAddress", null),
                (6, "stop.timeout", "WrongType", "10s"),
            ],
            problems.Select(problem => ((int)problem.Line!, problem.Field!, problem.Reason, problem.Suggestion)));
        Assert.All(problems, problem => Assert.Equal("fairway.yaml", problem.File));
    }

    [Fact]
    public void What_is_not_built_yet_is_refused_and_all_of_it_is_listed()
    {
        var (_, problems) = AgentConfigFile.Parse("fairway.yaml", """
            sources:
              kubernetes: {mode: auto, kubeconfig: /root/.kube/config}
              routeControl: {socket: /run/r.sock}
            dialects: [fairway, milo]
            speaker: {kind: frr, frrSockets: /run/frr}
            dataplane: {kind: vpp}
            api: {admins: {gids: [7]}}
            http: {page: on}
            owners: {novaedge: {grace: 120s}}
            """);

        Assert.All(problems, problem => Assert.Equal("NotBuiltYet", problem.Reason));
        Assert.Equal(
            [
                "sources.kubernetes.mode", "sources.kubernetes.kubeconfig", "sources.routeControl", "dialects", "speaker.kind", "speaker.frrSockets",
                "api.admins.gids", "http.page", "owners", "dataplane.kind",
            ],
            problems.Select(problem => problem.Field));
    }

    [Theory]
    [InlineData("protocol: 4", "dataplane.protocol")]
    [InlineData("protocol: 42", "dataplane.protocol")]
    [InlineData("table: 255", "dataplane.table")]
    [InlineData("table: 0", "dataplane.table")]
    [InlineData("metric: 0", "dataplane.metric")]
    public void Numbers_that_are_not_ours_to_use_are_refused_at_their_place(string field, string path)
    {
        var (_, problems) = AgentConfigFile.Parse("fairway.yaml", $"dataplane:\n  {field}\n");

        var problem = Assert.Single(problems);
        Assert.Equal((2, path, "OutOfRange"), (problem.Line, problem.Field, problem.Reason));
    }

    [Theory]
    [InlineData("precedence: [files/fairway, files/fairway]", "DuplicateValue")]
    [InlineData("precedence: [files/fairwai, file/fairway]", "UnknownWord")]
    [InlineData("node: n1\nnode: n2", "DuplicateKey")]
    [InlineData("node: [n1", "NotYaml")]
    [InlineData("node: n1\n---\nkind: BgpPeer\n", "NotYaml")]
    [InlineData("- node", "WrongType")]
    [InlineData("node: \"\"", "BadName")]
    public void One_mistake_is_one_problem(string text, string reason) =>
        Assert.Equal(reason, Assert.Single(AgentConfigFile.Parse("fairway.yaml", text).Problems).Reason);

    [Fact]
    public void A_file_that_cannot_be_read_is_a_problem_that_names_it()
    {
        var problems = new List<string>();

        AgentConfigFile.Load("/nowhere/fairway.yaml", problems);

        Assert.Contains("/nowhere/fairway.yaml", Assert.Single(problems), StringComparison.Ordinal);
    }
}
