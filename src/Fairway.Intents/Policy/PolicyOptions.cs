using Fairway.Intents.Model;
using Fairway.Net;

namespace Fairway.Intents.Policy;

/// <summary>Who counts more than whom.</summary>
public sealed record PolicyOptions
{
    /// <summary>Owners, the highest first (design D5); owners that are not listed come after all of these and are equals.</summary>
    public ValueList<Owner> Precedence { get; init; } =
    [
        Owner.FilesFairway,
        new("api/cli"),
        new("routecontrol/admin"),
        new("kubernetes/fairway"),
        new("files/milo"),
        new("kubernetes/milo"),
        new("files/calico"),
        new("kubernetes/calico"),
        new("files/antrea"),
        new("kubernetes/antrea"),
    ];
}
