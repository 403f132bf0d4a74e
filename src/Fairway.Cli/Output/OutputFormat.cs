namespace Fairway.Cli.Output;

/// <summary>The choices of <c>-o</c>; without it, a table for people.</summary>
internal enum OutputFormat
{
    Table,
    Wide,
    Json,
    Yaml,
}
