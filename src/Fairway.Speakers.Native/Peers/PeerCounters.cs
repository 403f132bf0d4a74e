namespace Fairway.Speakers.Native.Peers;

/// <summary>Messages of a peer over all its sessions. Readers and writers of its connections count, anyone reads.</summary>
internal sealed class PeerCounters
{
    private long _messagesIn;
    private long _messagesOut;
    private long _updatesIn;
    private long _updatesOut;

    public long MessagesIn => Interlocked.Read(ref _messagesIn);

    public long MessagesOut => Interlocked.Read(ref _messagesOut);

    public long UpdatesIn => Interlocked.Read(ref _updatesIn);

    public long UpdatesOut => Interlocked.Read(ref _updatesOut);

    public void Received(bool isUpdate)
    {
        Interlocked.Increment(ref _messagesIn);
        Interlocked.Add(ref _updatesIn, isUpdate ? 1 : 0);
    }

    public void Sent(int messages, bool areUpdates)
    {
        Interlocked.Add(ref _messagesOut, messages);
        Interlocked.Add(ref _updatesOut, areUpdates ? messages : 0);
    }
}
