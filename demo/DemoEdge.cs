using System.Net;
using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Edge;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Sensors.Simulated;
using ColdChain.Hosting.Clocks;
using ColdChain.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace ColdChain.Demo;

/// <summary>The time that a simulated unit begins with.</summary>
/// <param name="EnrolledAt">When it was enrolled at the first start.</param>
/// <param name="From">From when on it measures what it has not measured yet.</param>
internal readonly record struct DemoHistory(Instant EnrolledAt, Instant From);

/// <summary>The edge agent of one simulated unit: the one that runs on a Pi, with its own outbox and its own connection over TCP.</summary>
internal sealed class DemoEdge : IAsyncDisposable
{
    private readonly SqliteOutbox _outbox;
    private readonly ReconnectingLink _link;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private DemoEdge(SimulatedUnit simulated, SqliteOutbox outbox, ReconnectingLink link, EdgeAgent agent)
    {
        (Simulated, _outbox, _link) = (simulated, outbox, link);
        _running = agent.RunAsync(_stop.Token);
    }

    /// <summary>The unit, to make something happen to it.</summary>
    public SimulatedUnit Simulated { get; }

    /// <summary>Completes when the agent has ended; faults when it failed.</summary>
    public Task Running => _running;

    public static DemoEdge Start(DemoUnit unit, string folder, IPEndPoint broker, string secret, DemoHistory history, TimeProvider time, ILogger logger)
    {
        var historyFrom = history.From;
        var clock = DeviceClock.ThisDevice(time, new AssumedClock()); // Its probes are simulated on whatever machine this is.
        var simulated = new SimulatedUnit(unit.Model, Seed(unit.Id), unit.Past(history.EnrolledAt));
        var outbox = SqliteOutbox.Open(Path.Combine(folder, $"outbox-{unit.Id}.db"), unit.Device, clock, logger);
        var link = ReconnectingLink.Start(
            new MqttClientOptions
            {
                Host = broker.Address.ToString(),
                Port = broker.Port,
                ClientId = unit.Device.Value,
                UserName = unit.Device.Value,
                Password = Encoding.UTF8.GetBytes(secret),
            },
            ReconnectOptions.Default,
            happened => logger.LogDebug("{Device}: {What}", unit.Device, happened.Text),
            time,
            new Random(Seed(unit.Id)));
        var agent = new EdgeAgent(
            new EdgeAgentOptions { Device = unit.Device },
            [
                new SimulatedSource(unit.Load, ProbeRole.Load, simulated, unit.Interval, historyFrom, time),
                new SimulatedSource(unit.Air, ProbeRole.Air, simulated, unit.Interval, historyFrom, time),
                .. unit.Signals.Select(signal => new SimulatedSwitch(signal.Id, signal.Kind, simulated, TimeSpan.FromMinutes(1), historyFrom, time)),
            ],
            outbox,
            link,
            clock,
            logger);
        return new DemoEdge(simulated, outbox, link, agent);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _link.DisposeAsync();
        _outbox.Dispose();
        _stop.Dispose();
    }

    /// <summary>The same at every start, and different from unit to unit.</summary>
    private static int Seed(string id) => id.Aggregate(17, (seed, letter) => unchecked((seed * 31) + letter) & 0xFFFFFF);
}
