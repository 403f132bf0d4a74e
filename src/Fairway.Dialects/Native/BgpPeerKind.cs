using Fairway.Dialects.Schema;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using static Fairway.Dialects.Native.BgpPeerFields;

namespace Fairway.Dialects.Native;

/// <summary>BgpPeer: a session with another router.</summary>
internal static class BgpPeerKind
{
    public static readonly KindSchema Schema = new("BgpPeer", Spec) { Compile = Compile };

    private static IReadOnlyList<Intent> Compile(Resource resource)
    {
        var spec = resource.Spec;
        BgpPeerChecks.Check(resource);
        if (!spec.Has(Address))
        {
            return [];
        }

        var password = spec.Block(PasswordFrom).FindText(PasswordFile);
        return
        [
            new PeerIntent
            {
                Key = resource.Key(IntentType.Peer),
                Origin = resource.Origin,
                Labels = resource.Labels,
                RemoteAs = spec.Get(PeerAs),
                Families = ReadFamilies(spec),
                DefaultOriginate = spec.Get(DefaultOriginate),
                PasswordFile = password is null ? null : new SecretFile(password, resource.Reading.LineOf(spec.NodeOf(PasswordFrom))),
                Options = ReadOptions(resource),
            },
        ];
    }

    private static PeerOptions ReadOptions(Resource resource)
    {
        var spec = resource.Spec;
        var address = spec.Get(Address);
        var gracefulRestart = spec.Block(GracefulRestart);
        var shutdown = spec.Block(Shutdown);
        return new PeerOptions
        {
            Name = resource.Name,
            Key = new PeerKey(address, address is { IsIPv6: true, IsLinkLocal: true } ? spec.FindText(SourceInterface) : null),
            Port = (ushort)spec.Get(Port),
            Description = spec.Get(Description),
            SourceAddress = spec.Find(SourceAddress),
            SourceInterface = spec.FindText(SourceInterface),
            Passive = spec.Get(Passive),
            Timers = ReadTimers(spec.Block(Timers)),
            Password = spec.Has(PasswordFrom) ? SecretValue.Missing("the password was not read yet") : null,
            MultihopTtl = spec.Find(Multihop),
            EnforceFirstAsn = spec.Get(EnforceFirstAsn),
            AllowOwnAsn = spec.Get(AllowOwnAsn),
            NextHop = spec.Get(NextHop),
            Learned = ReadLearned(spec.Block(Learned)),
            GracefulRestart = gracefulRestart.Get(GracefulRestartFields.Mode),
            RestartTime = gracefulRestart.Find(GracefulRestartFields.RestartTime),
            Shutdown = shutdown.Get(ShutdownEnabled) ? new ShutdownOptions(shutdown.Get(ShutdownMessage)) : null,
        };
    }

    /// <summary>A family's own lists count instead of the peer's as soon as they are written, even empty.</summary>
    private static ValueList<PeerFamilyIntent> ReadFamilies(SchemaObject spec)
    {
        var (import, export) = (spec.Get(Import), spec.Get(Export));
        return spec.Find(Families) is { } families
            ? families.Select(family => new PeerFamilyIntent(family.Get(FamilyName), family.Find(Import) ?? import, family.Find(Export) ?? export)).ToValueList()
            : [new(AddressFamily.Ipv4Unicast, import, export), new(AddressFamily.Ipv6Unicast, import, export)];
    }

    private static PeerTimers ReadTimers(SchemaObject block) => new()
    {
        Hold = block.Get(Hold),
        Keepalive = block.Find(Keepalive),
        ConnectRetry = block.Get(ConnectRetry),
    };

    private static LearnedTreatment ReadLearned(SchemaObject block) => new()
    {
        Accept = block.Get(AcceptLearned),
        Install = block.Get(Install),
        Readvertise = block.Get(Readvertised),
    };
}
