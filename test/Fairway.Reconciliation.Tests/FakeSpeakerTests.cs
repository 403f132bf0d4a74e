using Fairway.Net;
using Fairway.Speakers;
using Fairway.Testing.Speakers;

namespace Fairway.Reconciliation.Tests;

public sealed class FakeSpeakerTests : SpeakerContract
{
    protected override ValueTask<ISpeaker> StartAsync()
    {
        var speaker = new FakeSpeaker();
        speaker.Learned.Complete(AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast);
        return ValueTask.FromResult<ISpeaker>(speaker);
    }
}
