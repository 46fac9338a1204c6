using System.Globalization;
using System.Net.Sockets;

namespace ColdChain.Hosting.Systemd;

/// <summary>
/// Says to systemd that a service is ready, and from then on that it is alive, but only while its work goes on: a service that runs and
/// does nothing is started again. A timer of its own would say no more than that the timer runs.
/// </summary>
public sealed class ServiceWatchdog
{
    private const int LooksPerLimit = 4;

    private readonly string _socket;
    private readonly TimeSpan? _limit;
    private readonly Func<bool> _hasWorked;
    private readonly TimeProvider _time;
    private readonly Action<string> _complain;

    private ServiceWatchdog(string socket, TimeSpan? limit, Func<bool> hasWorked, TimeProvider time, Action<string> complain) =>
        (_socket, _limit, _hasWorked, _time, _complain) = (socket, limit, hasWorked, time, complain);

    /// <summary>As systemd asks for it in the environment; null when it did not start the service.</summary>
    /// <param name="variable">Reads the environment.</param>
    /// <param name="hasWorked">Whether the work has gone on since the last question.</param>
    /// <param name="time">The clock of the looks.</param>
    /// <param name="complain">Told when systemd cannot be reached.</param>
    public static ServiceWatchdog? FromEnvironment(Func<string, string?> variable, Func<bool> hasWorked, TimeProvider time, Action<string> complain)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (variable("NOTIFY_SOCKET") is not { Length: > 0 } socket)
        {
            return null;
        }

        var given = long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var micros) && micros > 0;
        return new ServiceWatchdog(socket, given ? TimeSpan.FromMicroseconds(micros) : null, hasWorked, time, complain);
    }

    /// <summary>Runs until it is cancelled, which is the beginning of the service's end.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            using var notification = new ServiceNotification(_socket);
            notification.Ready();
            await KeepAliveAsync(notification, cancellation);
            notification.Stopping();
        }
        catch (SocketException e)
        {
            // The work goes on. When systemd is really waiting, it starts the service again, and the journal says why.
            _complain($"systemd cannot be told how the service does, at {_socket}: {e.Message}");
        }
    }

    private async Task KeepAliveAsync(ServiceNotification notification, CancellationToken cancellation)
    {
        var pause = _limit / LooksPerLimit ?? Timeout.InfiniteTimeSpan;
        while (await HasPassedAsync(pause, cancellation))
        {
            if (_hasWorked())
            {
                notification.Alive();
            }
        }
    }

    private async Task<bool> HasPassedAsync(TimeSpan pause, CancellationToken cancellation)
    {
        await Task.Delay(pause, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellation.IsCancellationRequested;
    }
}
