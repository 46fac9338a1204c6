using System.Net;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Demo;

/// <summary>The whole system in one process: the server, and an edge for each unit that connects to it over MQTT on loopback.</summary>
internal sealed class DemoRun : IAsyncDisposable
{
    private static readonly TimeSpan History = TimeSpan.FromHours(24);
    private static readonly TimeSpan CatchUpAtMost = TimeSpan.FromDays(7);
    private static readonly TimeSpan DoorStaysOpen = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly List<DemoEdge> _edges = [];
    private readonly TimeProvider _clock;

    private DemoRun(ServerApp server, TimeProvider clock) => (Server, _clock) = (server, clock);

    public ServerApp Server { get; }

    /// <summary>Starts the server and the edges, which begin to send what they measured since the last start (at first, 24 hours).</summary>
    public static async Task<DemoRun> StartAsync(DemoOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.DataFolder);
        var now = Instant.Now(clock);
        var fleet = Path.Combine(options.DataFolder, "fleet.yaml");
        FleetFile.WriteOnce(fleet, DemoFleet.Units, new Instant((now - History).Milliseconds / 60_000 * 60_000));
        var server = await ServerApp.StartAsync(
            new ServerOptions
            {
                DataFolder = options.DataFolder,
                FleetFile = fleet,
                Http = new IPEndPoint(IPAddress.Loopback, options.Port),
                Mqtt = new IPEndPoint(IPAddress.Loopback, 0),
                Reports = new ReportOptions { ChromiumSandbox = !Environment.IsPrivilegedProcess }, // As root, its sandbox does not start.
            },
            clock,
            logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning),
            cancellation);
        var run = new DemoRun(server, clock);
        foreach (var unit in DemoFleet.Units)
        {
            var enrolledAt = EnrolledAt(server, unit);
            var history = new DemoHistory(enrolledAt, Instant.Max(enrolledAt, now - CatchUpAtMost));
            var secret = server.Devices.Renew(unit.Device);
            run._edges.Add(DemoEdge.Start(unit, options.DataFolder, server.MqttAddress, secret, history, clock, NullLogger.Instance));
        }

        return run;
    }

    /// <summary>Completes when every unit is judged up to the present; faults when an edge ends before.</summary>
    public async Task WaitUntilJudgedAsync(CancellationToken cancellation)
    {
        while (!IsJudged())
        {
            if (_edges.Find(edge => edge.Running.IsCompleted) is { } ended)
            {
                await ended.Running;
            }

            await Task.Delay(LookEvery, _clock, cancellation);
        }
    }

    /// <summary>Leaves the door of one fridge open from now on, for a quarter of an hour.</summary>
    public void OpenDoor()
    {
        var edge = _edges[DemoFleet.Units.ToList().IndexOf(DemoFleet.DoorLeftOpen)];
        edge.Simulated.OpenDoor(Instant.Now(_clock), DoorStaysOpen);
    }

    /// <summary>Stops the edges first, so that they end in order while the server still answers.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_edges.Select(edge => edge.DisposeAsync().AsTask()));
        await Server.DisposeAsync();
    }

    private static Instant EnrolledAt(ServerApp server, DemoUnit unit) =>
        server.Fleet.FindUnit(new StorageUnitId(unit.Id)) is { } known
            ? known.History[0].From
            : throw new InvalidOperationException($"The fleet file of the demo has no unit {unit.Id}. Delete the data folder to start anew.");

    private bool IsJudged() => Server.Store
        .Read(session => UnitOverviews.Read(session, Server.Fleet, Instant.Now(_clock)))
        .All(unit => unit.State is not (StorageState.Unverified or StorageState.Unknown));
}
