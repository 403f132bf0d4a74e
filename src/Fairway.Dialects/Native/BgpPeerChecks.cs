using Fairway.Dialects.Schema;
using Fairway.Intents.Model;
using Fairway.Net.Policies;
using static Fairway.Dialects.Native.BgpPeerFields;

namespace Fairway.Dialects.Native;

/// <summary>What the fields of a BgpPeer say together: tells what cannot hold at once.</summary>
internal static class BgpPeerChecks
{
    public static void Check(Resource resource)
    {
        var (spec, reading) = (resource.Spec, resource.Reading);
        CheckWho(spec, reading);
        CheckAddresses(spec, reading);
        CheckTimers(spec.Block(Timers), reading);
        CheckFamilies(spec, reading);
        CheckPassword(resource);
        if (spec.Has(Multihop) && spec.Has(TtlSecurity))
        {
            spec.Contradiction(reading, TtlSecurity, "multihop and ttlSecurity exclude each other: the first lowers the TTL, the second wants 255");
        }
    }

    private static void CheckWho(SchemaObject spec, Reading reading)
    {
        Field[] ways = [Address, Interface, AddressRange];
        var written = ways.Where(spec.Has).ToArray();
        if (written.Length == 0)
        {
            reading.Error(spec.Node, spec.PathOf(Address), ProblemReason.Missing, $"'address' is missing: {Address.Wanted}");
        }
        else if (written.Length > 1)
        {
            spec.Contradiction(reading, written[1], $"a peer has {written[0].Name} or {written[1].Name}, not both");
        }
    }

    private static void CheckAddresses(SchemaObject spec, Reading reading)
    {
        if (spec.Find(Address) is not { } address)
        {
            return;
        }

        if (address is { IsIPv6: true, IsLinkLocal: true })
        {
            CheckLinkLocal(spec, reading);
        }

        if (spec.Find(SourceAddress) is not { } source)
        {
            return;
        }

        if (source.IsIPv6 != address.IsIPv6)
        {
            spec.Contradiction(reading, SourceAddress, $"{source} and the peer's address {address} are of different families");
        }
        else if (source == address)
        {
            spec.Contradiction(reading, SourceAddress, $"{source} is the peer's own address");
        }
    }

    private static void CheckLinkLocal(SchemaObject spec, Reading reading)
    {
        if (!spec.Has(SourceInterface))
        {
            reading.Error(spec.NodeOf(Address), spec.PathOf(SourceInterface), ProblemReason.Missing, "a link-local address needs sourceInterface");
        }

        if (spec.Find(Multihop) is > 1)
        {
            spec.Contradiction(reading, Multihop, "a link-local address is never more than one hop away");
        }
    }

    private static void CheckTimers(SchemaObject timers, Reading reading)
    {
        var hold = timers.Get(Hold);
        if (hold.TotalSeconds is 1 or 2)
        {
            // RFC 4271 §4.2: the hold time must be zero or at least three seconds.
            reading.Error(timers.NodeOf(Hold), timers.PathOf(Hold), ProblemReason.OutOfRange, $"{Durations.Format(hold)} is neither 0 nor at least 3s (RFC 4271 §4.2)", "3s");
            return;
        }

        if (timers.Find(Keepalive) is not { } keepalive)
        {
            return;
        }

        if (hold == TimeSpan.Zero && keepalive > TimeSpan.Zero)
        {
            timers.Contradiction(reading, Keepalive, "hold 0 turns keepalives off");
        }
        else if (hold > TimeSpan.Zero && keepalive == TimeSpan.Zero)
        {
            timers.Contradiction(reading, Keepalive, $"without keepalives the peer's hold timer of {Durations.Format(hold)} runs out");
        }
        else if (hold > TimeSpan.Zero && keepalive >= hold)
        {
            timers.Contradiction(reading, Keepalive, $"{Durations.Format(keepalive)} is not less than the hold time of {Durations.Format(hold)}");
        }
    }

    private static void CheckFamilies(SchemaObject spec, Reading reading)
    {
        var families = spec.Find(Families) ?? [];
        var names = families.Select(family => family.Get(FamilyName)).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            if (names.IndexOf(names[i]) < i)
            {
                reading.Error(families[i].Node, $"{spec.PathOf(Families)}[{i}]", ProblemReason.DuplicateValue, $"{names[i]} stands here twice");
            }
        }

        if (spec.Get(NextHop) is { Mode: NextHopMode.Address, Address: { } nextHop } && names.Count > 0 && !names.Any(family => family.IsIPv6 == nextHop.IsIPv6))
        {
            spec.Contradiction(reading, NextHop, $"{nextHop} is of none of the peer's families");
        }
    }

    private static void CheckPassword(Resource resource)
    {
        var (spec, reading) = (resource.Spec, resource.Reading);
        if (!spec.Has(PasswordFrom))
        {
            return;
        }

        var from = spec.Block(PasswordFrom);
        switch (from.FindText(PasswordFile), from.Has(PasswordSecret))
        {
            case (null, false):
                reading.Error(from.Node, from.PathOf(PasswordFile), ProblemReason.Missing, "passwordFrom names no file and no secret");
                break;
            case (not null, true):
                from.Contradiction(reading, PasswordSecret, "a password comes from a file or from a secret, not both");
                break;
            case ({ } path, _) when !path.StartsWith('/') || path.Contains('\0', StringComparison.Ordinal):
                reading.Error(from.NodeOf(PasswordFile), from.PathOf(PasswordFile), ProblemReason.BadName, "an absolute path is wanted here");
                break;
            case ({ }, _) when resource.Owner != Owner.FilesFairway:
                // Design D17: others must not make the agent read files of its host.
                reading.Error(from.NodeOf(PasswordFile), from.PathOf(PasswordFile), ProblemReason.OutOfRange, "only documents of the files source may name a file");
                break;
        }
    }
}
