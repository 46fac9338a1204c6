using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ColdChain.EndToEnd.Tests.BadInput;

/// <summary>What the server logs, line by line.</summary>
internal sealed class SceneLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>Waits for a line with a text in it.</summary>
    public async Task<string> LineAsync(string text)
    {
        string? found = null;
        await Eventually.HoldsAsync(() => (found = _lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal))) is not null, $"the server logs '{text}'");
        return found!; // It has been waited for.
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception));

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }
}
