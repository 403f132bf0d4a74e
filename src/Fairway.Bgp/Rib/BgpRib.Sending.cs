using System.Buffers;
using Fairway.Bgp.Rib.Groups;
using Fairway.Bgp.Rib.Rules;
using Fairway.Bgp.Wire;
using Fairway.Net;

namespace Fairway.Bgp.Rib;

/// <summary>What peers are sent: Adj-RIB-Out.</summary>
public sealed partial class BgpRib
{
    // Prefixes looked at in one call, so that a long run of nothing to send ends as well.
    private const int MaxVisits = 16_384;

    /// <summary>The peer asks for the family again (RFC 2918 §4).</summary>
    public void RefreshRequested(RibPeer peer, AddressFamily family)
    {
        var table = FindFamily(family)?.Table;
        peer.Members.Find(member => member.Group.Table == table)?.Refresh();
    }

    /// <summary>Something waits to be written to the peer. Cheap: ask after every <see cref="Process"/>.</summary>
    public bool HasUpdates(RibPeer peer)
    {
        foreach (var member in peer.Members)
        {
            if (!member.Group.Table.IsDeferred && (member.Work != MemberWork.None || IsEndOfRibReady(member)))
                return true;
        }

        return false;
    }

    /// <summary>Writes whole UPDATE messages, headers included, until about <paramref name="maxBytes"/>; each prefix in its newest state.</summary>
    public WriteResult WriteUpdates(RibPeer peer, IBufferWriter<byte> output, int maxBytes)
    {
        var counter = new CountingWriter(output);
        var messages = 0;
        foreach (var member in peer.Members)
        {
            if (!member.Group.Table.IsDeferred)
                messages += Write(member, counter, maxBytes);
        }

        return new(messages, counter.Written, HasUpdates(peer));
    }

    private int Write(GroupMember member, CountingWriter output, int maxBytes)
    {
        var (messages, visits) = (0, MaxVisits);
        while (output.Written < maxBytes && visits > 0 && member.Work != MemberWork.None)
        {
            if (member.FindShared() is not { } shared)
            {
                messages += WriteBatch(member, output, maxBytes - output.Written, ref visits);
                continue;
            }

            member.Take(shared);
            output.Write(shared.Bytes.Span);
            messages += shared.Messages;
            visits -= 1 + shared.Messages;
        }

        if (output.Written < maxBytes && IsEndOfRibReady(member))
        {
            member.IsEndOfRibDue = false;
            UpdateWriter.WriteEndOfRib(output, member.Group.Table.Family);
            messages++;
        }

        member.Group.CompactIfLong();
        return messages;
    }

    private int WriteBatch(GroupMember member, CountingWriter output, int maxBytes, ref int visits)
    {
        var group = member.Group;
        var batch = new UpdateBatch(group.Table, _attributes);
        var (work, isShareable, start, version) = (member.Work, member.IsShareable && group.Members.Count > 1, member.Position, member.Version);
        while (batch.EstimatedLength < maxBytes && visits > 0 && member.Work == work && member.CollectNext(batch))
            visits--;
        if (!isShareable || !batch.IsSameForAll)
            return batch.Flush(output, group.Target.FourOctetAsn);

        var bytes = new ArrayBufferWriter<byte>(Math.Max(64, batch.EstimatedLength));
        var messages = batch.Flush(bytes, group.Target.FourOctetAsn);
        output.Write(bytes.WrittenSpan);
        var end = work == MemberWork.Changes ? member.Cursor : (long)member.DumpPosition;
        var now = work == MemberWork.Changes ? group.Log.Rewrites : group.Log.Changes;
        if (now == version && !batch.Sources.Contains(member.Peer.Index))
            group.Shared.Add(new(work, version, start, end, bytes.WrittenMemory, messages, batch.Advertised, batch.Sources));
        return messages;
    }

    private bool IsEndOfRibReady(GroupMember member) =>
        member.IsEndOfRibDue
        && member.IsDumped
        && member.Cursor == member.Group.Log.End
        && member.Group.Table.DecidedMark >= Math.Max(member.EndOfRibMark, FindFamily(member.Group.Table.Family)!.ResumeMark);

    private void JoinGroup(RibPeer peer, RibSession session, RibFamily family)
    {
        var group = GroupFor(ExportTarget.Of(peer.Options, session, family.Family), family);
        var member = new GroupMember(peer, group) { IsEndOfRibDue = true, EndOfRibMark = family.Table.DirtyMark };
        group.Members.Add(member);
        group.Log.Reached(member.Cursor);
        peer.Members.Add(member);
    }

    // The export of the peer may have changed: where it did, the peer goes to another group and is sent the difference.
    private void RegroupMembers(RibPeer peer)
    {
        for (var i = 0; i < peer.Members.Count; i++)
        {
            var former = peer.Members[i];
            var family = FindFamily(former.Group.Table.Family)!;
            var target = ExportTarget.Of(peer.Options, peer.Session!, family.Family);
            if (target == former.Group.Target)
                continue;
            var group = GroupFor(target, family);
            var member = new GroupMember(peer, group);
            member.Replace(former);
            group.Members.Add(member);
            group.Log.Reached(member.Cursor);
            peer.Members[i] = member;
            Leave(former, family);
        }
    }

    private void LeaveGroup(GroupMember member)
    {
        member.Peer.Members.Remove(member);
        Leave(member, FindFamily(member.Group.Table.Family)!);
    }

    private static void Leave(GroupMember member, RibFamily family)
    {
        member.Leave();
        member.Group.Members.Remove(member);
        if (member.Group.Members.Count > 0)
            return;
        family.Groups.Remove(member.Group);
        member.Group.Log.Clear();
    }

    private UpdateGroup GroupFor(ExportTarget target, RibFamily family)
    {
        var group = family.Groups.Find(group => group.Target == target);
        if (group is null)
            family.Groups.Add(group = new(target, family.Table, _values, new RouteExporter(_options, target, family.Table, _values, Peer)));
        return group;
    }

    private sealed class CountingWriter(IBufferWriter<byte> inner) : IBufferWriter<byte>
    {
        public int Written { get; private set; }

        public void Advance(int count)
        {
            inner.Advance(count);
            Written += count;
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);
    }
}
