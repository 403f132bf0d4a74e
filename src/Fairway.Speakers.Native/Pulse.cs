using System.Threading.Channels;

namespace Fairway.Speakers.Native;

/// <summary>A signal without data: any number of <see cref="Set"/> calls wake the one waiter once.</summary>
internal sealed class Pulse
{
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _signal.Writer.TryWrite(true);

    public async ValueTask WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
}
