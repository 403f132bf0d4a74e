using Fairway.Grpc.Wire;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Fairway.Grpc.Server;

/// <summary>The thin part that knows Kestrel: from an HTTP request to a <see cref="GrpcMethod"/> and back to a status.</summary>
internal sealed class GrpcApplication(
    IReadOnlyDictionary<string, GrpcMethod> methods,
    int maxReceiveMessageSize,
    TimeProvider timeProvider,
    ILogger logger,
    CancellationToken stopping) : IHttpApplication<HttpContext>
{
    private static readonly GrpcStatus Internal = new(GrpcStatusCode.Internal, "the server failed to handle the call");

    /// <summary>The calls that a stop has to wait for.</summary>
    public ActiveCalls Calls { get; } = new();

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        if (RefuseAsHttp(context.Request) is { } httpStatus)
        {
            context.Response.StatusCode = httpStatus;
            return;
        }

        context.Response.ContentType = GrpcHeaders.ContentType;
        context.Response.Headers[GrpcHeaders.AcceptEncoding] = GrpcHeaders.Identity;
        Calls.Begin();
        try
        {
            await AnswerAsync(context);
        }
        finally
        {
            Calls.End();
        }
    }

    private static int? RefuseAsHttp(HttpRequest request)
    {
        if (request.Method != HttpMethods.Post)
            return StatusCodes.Status405MethodNotAllowed;
        return GrpcHeaders.IsGrpc(request.ContentType) ? null : StatusCodes.Status415UnsupportedMediaType;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!methods.TryGetValue(path, out var method))
        {
            WriteStatus(context, new(GrpcStatusCode.Unimplemented, $"there is no method {path}"));
            return;
        }

        if (!TryReadTimeout(context.Request, out var timeout))
        {
            WriteStatus(context, new(GrpcStatusCode.Internal, $"{GrpcHeaders.Timeout} is malformed"));
            return;
        }

        using var lifetime = new GrpcCallLifetime(
            timeout, timeProvider, context.RequestAborted, method.IsStreaming ? stopping : CancellationToken.None);
        var status = await InvokeAsync(context, method, lifetime);
        WriteStatus(context, status);
    }

    private async Task<GrpcStatus> InvokeAsync(HttpContext context, GrpcMethod method, GrpcCallLifetime lifetime)
    {
        var call = new GrpcCallContext
        {
            Path = context.Request.Path.Value!,
            Deadline = lifetime.Deadline,
            RequestMetadata = ReadMetadata(context.Request),
            Connection = context.Features.GetRequiredFeature<GrpcConnection>(),
            CancellationToken = lifetime.Token,
        };
        var request = new GrpcMessageReader(context.Request.BodyReader, maxReceiveMessageSize, GrpcStatusCode.Unimplemented);
        try
        {
            await method.InvokeAsync(request, context.Response.BodyWriter, call);
            return default;
        }
        catch (GrpcException refusal)
        {
            return new(refusal.StatusCode, refusal.Message);
        }
        catch (Exception) when (lifetime.Token.IsCancellationRequested)
        {
            return lifetime.Status;
        }
        catch (Exception cause)
        {
            Log.HandlerFailed(logger, call.Path, cause);
            return Internal;
        }
    }

    private static bool TryReadTimeout(HttpRequest request, out TimeSpan? timeout)
    {
        timeout = null;
        var text = request.Headers[GrpcHeaders.Timeout].ToString();
        if (text.Length == 0)
            return true;

        var valid = GrpcTimeout.TryDecode(text, out var decoded);
        timeout = decoded;
        return valid;
    }

    private static GrpcMetadata ReadMetadata(HttpRequest request)
    {
        var metadata = new GrpcMetadata();
        foreach (var (name, values) in request.Headers)
        {
            if (!GrpcHeaders.IsMetadata(name))
                continue;
            foreach (var value in values)
                metadata.AddReceived(name, value ?? "");
        }

        return metadata;
    }

    /// <summary>Into the trailers, or into the only headers of an answer that has no message ("Trailers-Only").</summary>
    private static void WriteStatus(HttpContext context, GrpcStatus status)
    {
        var response = context.Response;
        var destination = response.HasStarted
            ? context.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers
            : response.Headers;
        destination[GrpcHeaders.Status] = status.CodeText;
        if (status.Message is { } message)
            destination[GrpcHeaders.Message] = PercentEncoding.Encode(message);
    }
}
