using Fairway.Speakers.Native.Tests.Harness;
using Fairway.Testing.Speakers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairway.Speakers.Native.Tests;

/// <summary>What every speaker does, done by this one.</summary>
public sealed class NativeSpeakerContractTests : SpeakerContract
{
    protected override ValueTask<ISpeaker> StartAsync() =>
        new(new NativeSpeaker(new(), new EverythingIsReachable(), TimeProvider.System, new Random(1), NullLoggerFactory.Instance));
}
