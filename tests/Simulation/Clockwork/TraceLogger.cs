using Microsoft.Extensions.Logging;

namespace ColdChain.Simulation.Tests.Clockwork;

/// <summary>What a program logs, as lines of the trace: warnings and worse.</summary>
internal sealed class TraceLogger(SimulatedProcess process) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && process.IsAlive)
        {
            process.Tell($"{logLevel} {formatter(state, exception)}{(exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})")}");
        }
    }
}

/// <inheritdoc cref="TraceLogger"/>
internal sealed class TraceLogger<T>(SimulatedProcess process) : ILogger<T>
{
    private readonly TraceLogger _inner = new(process);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => _inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _inner.Log(logLevel, eventId, state, exception, formatter);
}
