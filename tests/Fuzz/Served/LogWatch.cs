using ColdChain.Fuzz.Tests.Engine;
using Microsoft.Extensions.Logging;

namespace ColdChain.Fuzz.Tests.Served;

/// <summary>
/// Reads along what a server logs. An error is the server's own failure, which no input may cause; and every text must be fit for a log,
/// for it holds what strangers sent.
/// </summary>
internal sealed class LogWatch : ILoggerProvider, ILogger
{
    private volatile string? _offence;

    /// <summary>Throws when anything was logged that an input must not cause.</summary>
    public void RequireCalm()
    {
        if (Interlocked.Exchange(ref _offence, null) is { } offence)
        {
            throw new InvalidOperationException($"the server logged: {offence}");
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception);
        if (logLevel >= LogLevel.Error)
        {
            _offence ??= $"{logLevel}: {text} {exception}";
            return;
        }

        try
        {
            ErrorText.RequirePlain(text);
        }
        catch (UnfitTextException unfit)
        {
            _offence ??= unfit.Message;
        }
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }
}
