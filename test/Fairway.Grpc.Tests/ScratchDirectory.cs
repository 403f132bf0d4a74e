namespace Fairway.Grpc.Tests;

/// <summary>A folder of its own for one test's sockets; its name tells the test script whose it is.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory($"fwt-{Environment.ProcessId}-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
