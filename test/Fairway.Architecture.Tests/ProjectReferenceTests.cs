using System.Xml.Linq;

namespace Fairway.Architecture.Tests;

/// <summary>
/// The architecture as a table: who may reference whom. An arrow points to something that stands higher in the list;
/// adapters meet only in the agent. A new arrow changes this table in the same commit.
/// </summary>
public sealed class ProjectReferenceTests
{
    private static readonly (string Project, string References)[] Allowed =
    [
        // values
        ("Net", ""),
        // protocol: libraries of their own worth
        ("Bgp", "Net"),
        // domain
        ("Intents", "Net"),
        ("Speakers", "Net"),
        ("Dataplanes", "Net"),
        ("Reconciliation", "Net Intents Speakers"),
        ("Routing", "Net Speakers Dataplanes Reconciliation"),
        ("Dialects", "Net Intents"),
        // adapters: the contract they implement, plus their own protocol
        ("Contracts", ""),
        ("Grpc", ""),
        ("Sources.Files", "Net Intents Dialects"),
        ("Speakers.Native", "Net Bgp Speakers"),
        ("Dataplanes.Linux", "Net Dataplanes"),
        ("Api", "Net Intents Speakers Dataplanes Reconciliation Routing Contracts Grpc"),
        // hosts
        ("Agent", "Net Bgp Intents Speakers Dataplanes Reconciliation Routing Dialects Contracts Grpc "
            + "Sources.Files Speakers.Native Dataplanes.Linux Api"),
        ("Cli", "Contracts Grpc Agent"),
    ];

    // What decodes peers' bytes depends on nothing but the base class library.
    private static readonly string[] Standalone = ["Net", "Bgp"];

    public static TheoryData<string> Projects => [.. Repository.SourceProjects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_table_allows(string project)
    {
        var name = Short(project);
        var allowed = Allowed.Where(row => row.Project == name).Select(row => row.References.Split(' ')).SingleOrDefault();
        Assert.True(allowed is not null, $"{project} has no row in the table of allowed references");

        var unwanted = References(project, "ProjectReference")
            .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))
            .Select(Short)
            .Except(allowed!);

        Assert.Empty(unwanted);
    }

    [Fact]
    public void Every_row_of_the_table_is_a_project()
        => Assert.Empty(Allowed.Select(row => row.Project).Except(Repository.SourceProjects.Select(Short)));

    [Fact]
    public void The_table_has_no_cycle()
    {
        var seen = new HashSet<string>();
        foreach (var (project, references) in Allowed)
        {
            Assert.All(references.Split(' ', StringSplitOptions.RemoveEmptyEntries), reference => Assert.Contains(reference, seen));
            seen.Add(project);
        }
    }

    [Fact]
    public void Value_and_protocol_libraries_stand_alone()
    {
        foreach (var project in Standalone.Select(name => $"Fairway.{name}"))
        {
            Assert.Empty(References(project, "PackageReference"));
            Assert.Empty(References(project, "FrameworkReference"));
        }
    }

    private static IEnumerable<string> References(string project, string kind)
        => XDocument.Load(Path.Combine(Repository.SourceFolder(project), $"{project}.csproj"))
            .Descendants(kind)
            .Select(reference => reference.Attribute("Include")!.Value);

    private static string Short(string project) => project["Fairway.".Length..];
}
