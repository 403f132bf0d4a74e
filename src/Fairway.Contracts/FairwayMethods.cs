namespace Fairway.Contracts.V1;

/// <summary>The request paths of the service <c>fairway.v1.Fairway</c>, for whoever serves it and whoever calls it.</summary>
public static class FairwayMethods
{
    private const string Service = "/fairway.v1.Fairway/";

    public const string GetStatus = Service + nameof(GetStatus);
    public const string ListPeers = Service + nameof(ListPeers);
    public const string Explain = Service + nameof(Explain);
    public const string Plan = Service + nameof(Plan);
    public const string ListPrefixes = Service + nameof(ListPrefixes);
    public const string ListRoutes = Service + nameof(ListRoutes);
    public const string GetDrift = Service + nameof(GetDrift);
}
