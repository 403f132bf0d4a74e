using Fairway.Agent.Loop;
using Fairway.Speakers;
using Microsoft.Extensions.Logging;

namespace Fairway.Agent.Tests;

public sealed class RefusalLogTests
{
    private static readonly SpeakerChange Instance = new SpeakerChange.Instance(null, null, ChangeImpact.None);

    [Fact]
    public void A_refusal_is_told_once_until_its_reason_changes_or_it_comes_back()
    {
        var lines = new List<string>();
        var log = new RefusalLog(new ListLogger(lines));

        log.Tell([new SpeakerFailure(Instance, "port in use")]);
        log.Tell([new SpeakerFailure(Instance, "port in use")]);
        Assert.Single(lines);
        log.Tell([new SpeakerFailure(Instance, "not allowed")]);
        Assert.Equal(2, lines.Count);
        log.Tell([]);
        log.Tell([new SpeakerFailure(Instance, "not allowed")]);

        Assert.Equal(3, lines.Count);
        Assert.Contains("instance", lines[0], StringComparison.Ordinal);
        Assert.Contains("port in use", lines[0], StringComparison.Ordinal);
    }

    private sealed class ListLogger(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}
