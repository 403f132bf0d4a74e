using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairway.Grpc.Tests.Client;

/// <summary>An HTTP/2 server that answers as a test tells it, right or wrong.</summary>
internal sealed class OddServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private OddServer(WebApplication application) => this.application = application;

    public int Port => new Uri(application.Urls.Single()).Port;

    public static async Task<OddServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.ConfigureEndpointDefaults(listener => listener.Protocols = HttpProtocols.Http2));
        var application = builder.Build();
        application.Run(answer);
        await application.StartAsync();
        return new OddServer(application);
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
