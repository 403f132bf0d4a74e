namespace Fairway.Sources.Files.Reading;

/// <summary>The few words that say why a file cannot be read.</summary>
internal static class IoError
{
    public static string Describe(Exception exception) => exception switch
    {
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException or DirectoryNotFoundException => "no such file or directory",
        _ => exception.Message,
    };
}
