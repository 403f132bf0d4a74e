using Fairway.Bgp.Rib.Tables;

namespace Fairway.Bgp.Rib.Groups;

/// <summary>
/// A peer in an update group: a cursor in the group's log, and where its dump stands. Prefixes below <see cref="DumpPosition"/> are as the log
/// says at <see cref="Cursor"/>; those from there on are as before the dump began: nothing for a new session, what the former group had sent
/// (<see cref="_former"/>) for a peer that changed groups. So what was last written to the peer is always known.
/// </summary>
internal sealed class GroupMember(RibPeer peer, UpdateGroup group)
{
    private const uint Done = uint.MaxValue;

    private PagedArray<uint>? _former;

    public RibPeer Peer { get; } = peer;

    public UpdateGroup Group { get; } = group;

    public int Cursor { get; set; } = group.Log.End;

    public uint DumpPosition { get; private set; }

    /// <summary>Everything goes out again from here on (RFC 2918); <see cref="uint.MaxValue"/>: no refresh.</summary>
    public uint RefreshPosition { get; private set; } = Done;

    /// <summary>The marker that ends the initial dump is still to be sent (RFC 4724 §2).</summary>
    public bool IsEndOfRibDue { get; set; }

    /// <summary>It waits until the table has decided this much: all that was known when the session came up.</summary>
    public long EndOfRibMark { get; set; }

    /// <summary>Prefixes the peer has from us.</summary>
    public long Advertised { get; private set; }

    public bool IsDumped => DumpPosition == Done;

    /// <summary>Everything decided so far is written, and nothing goes out again.</summary>
    public bool IsCurrent => IsDumped && RefreshPosition == Done && Cursor == Group.Log.End;

    /// <summary>The attributes last written for the prefix, 0 for none.</summary>
    public uint Written(uint prefix) => prefix >= DumpPosition ? Former(prefix) : Group.View(Group.Log.At(Cursor, prefix), Peer);

    public void Refresh() => RefreshPosition = 0;

    /// <summary>What comes next. The log comes first, so that a dump always writes the newest state.</summary>
    public MemberWork Work =>
        Cursor < Group.Log.End ? MemberWork.Changes
        : !IsDumped ? (DumpPosition < Group.FillPosition || Group.IsFilled ? MemberWork.Dump : MemberWork.None)
        : RefreshPosition != Done ? MemberWork.Refresh
        : MemberWork.None;

    /// <summary>Takes the next change, or the next prefix of a dump or refresh, into the batch. False: it must go into the next batch.</summary>
    public bool CollectNext(UpdateBatch batch) => Work switch
    {
        MemberWork.Changes => CollectChange(batch),
        MemberWork.Dump => CollectDump(batch),
        MemberWork.Refresh => CollectRefresh(batch),
        _ => false,
    };

    /// <summary>What another member was sent from where this one stands, if it is right for this one too.</summary>
    public SharedUpdate? FindShared() => IsShareable ? Group.Shared.Find(Work, Version, Position, Peer.Index) : null;

    /// <summary>The shared UPDATEs were written.</summary>
    public void Take(SharedUpdate shared)
    {
        Advertised += shared.Advertised;
        if (shared.Work == MemberWork.Changes)
            Group.Log.Reached(Cursor = (int)shared.End);
        else
            DumpPosition = (uint)shared.End;
    }

    /// <summary>Where the member stands in what it works on, and the version of that: equal for two members, both go on alike.</summary>
    public long Position => Work == MemberWork.Changes ? Cursor : DumpPosition;

    public long Version => Work == MemberWork.Changes ? Group.Log.Rewrites : Group.Log.Changes;

    public bool IsShareable => Work switch
    {
        MemberWork.Changes => IsDumped,
        MemberWork.Dump => _former is null,
        _ => false,
    };

    /// <summary>Takes the place of <paramref name="former"/>, the peer's member of another group: what that wrote is where the dump starts from.</summary>
    public void Replace(GroupMember former)
    {
        _former = new();
        var table = Group.Table;
        for (uint prefix = 1; prefix < table.HighWater; prefix++)
        {
            if (table.IsInUse(prefix) && former.Written(prefix) is var written and not 0)
            {
                _former.EnsureLength(prefix + 1);
                _former[prefix] = Group.Attributes.Hold(written);
                table.Hold(prefix);
            }
        }

        Advertised = former.Advertised;
        IsEndOfRibDue = former.IsEndOfRibDue;
        EndOfRibMark = former.EndOfRibMark;
        RefreshPosition = former.RefreshPosition == Done ? Done : 0;
    }

    /// <summary>Gives back what the member holds.</summary>
    public void Leave()
    {
        for (var prefix = DumpPosition; _former is not null && prefix < _former.Length; prefix++)
            ForgetFormer(prefix);
        _former = null;
    }

    private bool CollectChange(UpdateBatch batch)
    {
        var entry = Group.Log[Cursor];
        if (entry.Prefix != 0 && !Group.Log.JoinWithNewer(Cursor, Group.Members))
        {
            if (batch.FirstPosition is { } first && entry.Older > first)
                return false; // the prefix is in this batch already
            batch.FirstPosition ??= Cursor;
            if (entry.Prefix < DumpPosition)
                Collect(batch, entry.Prefix, entry.Before, Group.Log.After(Cursor));
        }

        Group.Log.Reached(++Cursor);
        return true;
    }

    private bool CollectDump(UpdateBatch batch)
    {
        var prefix = DumpPosition;
        if (prefix >= Group.Table.HighWater && Group.IsFilled)
        {
            Leave();
            DumpPosition = Done;
            return true;
        }

        var after = Group.Log.Current(prefix);
        var (had, gets) = (Former(prefix), Group.View(after, Peer));
        Advertised += (gets != 0 ? 1 : 0) - (had != 0 ? 1 : 0);
        batch.Change(prefix, default, after, had, gets);
        ForgetFormer(prefix);
        DumpPosition++;
        return true;
    }

    private bool CollectRefresh(UpdateBatch batch)
    {
        if (RefreshPosition >= Group.Table.HighWater)
        {
            RefreshPosition = Done;
            return true;
        }

        var written = Group.View(Group.Log.Current(RefreshPosition), Peer);
        if (written != 0)
            batch.Add(written, RefreshPosition);
        RefreshPosition++;
        return true;
    }

    private void Collect(UpdateBatch batch, uint prefix, ExportValue before, ExportValue after)
    {
        var (had, gets) = (Group.View(before, Peer), Group.View(after, Peer));
        Advertised += (gets != 0 ? 1 : 0) - (had != 0 ? 1 : 0);
        batch.Change(prefix, before, after, had, gets);
    }

    private uint Former(uint prefix) => _former is not null && prefix < _former.Length ? _former[prefix] : 0;

    private void ForgetFormer(uint prefix)
    {
        if (Former(prefix) is not (var written and not 0))
            return;
        _former![prefix] = 0;
        Group.Attributes.Release(written);
        Group.Table.Release(prefix);
    }
}
