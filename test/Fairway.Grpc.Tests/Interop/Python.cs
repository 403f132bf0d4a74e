namespace Fairway.Grpc.Tests.Interop;

/// <summary>Debian's Python, the one that can import python3-grpcio.</summary>
internal static class Python
{
    private const string Interpreter = "/usr/bin/python3";

    public static async Task<ForeignProgram> StartAsync(string script, params string[] arguments)
    {
        await RequireGrpcAsync();
        return ForeignProgram.Start(Interpreter, ["-u", PathOf(script), .. arguments]);
    }

    private static async Task RequireGrpcAsync()
    {
        try
        {
            await ForeignProgram.RunAsync(Interpreter, "-c", "import grpc");
        }
        catch (InvalidOperationException cause)
        {
            throw new InvalidOperationException("python3-grpcio is missing: run ./test.sh, which installs it", cause);
        }
    }

    private static string PathOf(string script) => Path.Combine(AppContext.BaseDirectory, "Interop", script);
}
