using System.Globalization;
using System.Net.Sockets;
using ColdChain.Edge.Uplink;
using Microsoft.Extensions.Logging;

namespace ColdChain.Edge.Systemd;

/// <summary>
/// Says to systemd that the agent is ready, and from then on that it is alive, but only while samples are stored: an agent that runs and
/// measures nothing is restarted.
/// </summary>
internal sealed class Watchdog(string socket, TimeSpan? limit, SamplingProgress progress, TimeProvider time, ILogger logger)
{
    private const int LooksPerLimit = 4;

    /// <summary>As systemd asks for it in the environment; null when it did not start the agent.</summary>
    public static Watchdog? FromEnvironment(Func<string, string?> variable, SamplingProgress progress, TimeProvider time, ILogger logger)
    {
        if (variable("NOTIFY_SOCKET") is not { Length: > 0 } socket)
        {
            return null;
        }

        var given = long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var micros) && micros > 0;
        return new Watchdog(socket, given ? TimeSpan.FromMicroseconds(micros) : null, progress, time, logger);
    }

    /// <summary>Runs until it is cancelled, or ends after the first message when there is no limit to keep.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            using var notification = new ServiceNotification(socket);
            notification.Ready();
            if (limit is { } within)
            {
                await KeepAliveAsync(notification, within / LooksPerLimit, cancellation);
            }
        }
        catch (SocketException e)
        {
            // Sampling goes on. When systemd is really waiting, it restarts the agent, and the journal says why.
            logger.LogError("systemd cannot be told how the agent does, at {Socket}: {Error}", socket, e.Message);
        }
    }

    private async Task KeepAliveAsync(ServiceNotification notification, TimeSpan pause, CancellationToken cancellation)
    {
        var reported = progress.Count;
        while (true)
        {
            await Task.Delay(pause, time, cancellation);
            if (progress.Count is var count && count != reported)
            {
                notification.Alive();
                reported = count;
            }
        }
    }
}
