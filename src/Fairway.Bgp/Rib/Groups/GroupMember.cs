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

    /// <summary>
    /// Takes the next change, or the next prefix of a dump or refresh, into the batch. False: there is none now, or it must go into the next batch.
    /// The log comes first, so that a dump always writes the newest state.
    /// </summary>
    public bool CollectNext(UpdateBatch batch)
    {
        if (Cursor < Group.Log.End)
            return CollectChange(batch);
        if (!IsDumped)
            return CollectDump(batch);
        if (RefreshPosition != Done)
            return CollectRefresh(batch);
        return false;
    }

    /// <summary>True when <see cref="CollectNext"/> has something to look at.</summary>
    public bool HasMore => Cursor < Group.Log.End || (IsDumped ? RefreshPosition != Done : DumpPosition < Group.FillPosition || Group.IsFilled);

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
        if (batch.FirstPosition is { } first && entry.Older > first)
            return false; // the prefix is in this batch already
        batch.FirstPosition ??= Cursor;
        if (entry.Prefix < DumpPosition)
            Collect(batch, entry.Prefix, Group.View(entry.Before, Peer), Group.View(Group.Log.After(Cursor), Peer));
        Group.Log.Reached(++Cursor);
        return true;
    }

    private bool CollectDump(UpdateBatch batch)
    {
        if (DumpPosition >= Group.Table.HighWater && Group.IsFilled)
        {
            Leave();
            DumpPosition = Done;
            return true;
        }

        if (DumpPosition >= Group.FillPosition && !Group.IsFilled)
            return false;
        var prefix = DumpPosition;
        Collect(batch, prefix, Former(prefix), Group.View(Group.Log.Current(prefix), Peer));
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

    private void Collect(UpdateBatch batch, uint prefix, uint before, uint after)
    {
        if (before == after)
            return;
        Advertised += (after != 0 ? 1 : 0) - (before != 0 ? 1 : 0);
        batch.Add(after, prefix);
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
