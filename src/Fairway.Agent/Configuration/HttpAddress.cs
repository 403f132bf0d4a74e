using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Fairway.Agent.Configuration;

/// <summary>Where probes and metrics are served, as people write it; "off": nowhere.</summary>
public readonly record struct HttpAddress(IPEndPoint? EndPoint)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out HttpAddress address)
    {
        var isEndPoint = IPEndPoint.TryParse(text ?? "", out var endPoint) && endPoint.Port != 0;
        address = new HttpAddress(isEndPoint ? endPoint : null);
        return isEndPoint || text is "off";
    }
}
