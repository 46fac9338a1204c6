using ColdChain.Core.Readings;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>A fridge with one load probe, supervised for four hours by a server that has just started.</summary>
public abstract class FourHoursOfAFridge : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1)); // The bench's fleet is of this year.
    private readonly Instant _from;
    private IngestBench? _bench;
    private JudgingServer? _server;

    protected FourHoursOfAFridge() => _from = Instant.Now(_clock) - TimeSpan.FromMinutes(240);

    protected static StorageUnitId Unit { get; } = new("fridge-1");

    protected static ProbeId Probe { get; } = new(new DeviceId("pi-001"), "load");

    private protected ManualTimeProvider Clock => _clock;

    private protected IngestBench Bench => _bench!; // Set before each test, like the server.

    private protected JudgingServer Server => _server!;

    public async Task InitializeAsync()
    {
        _bench = await IngestBench.StartAsync(_clock);
        _server = new JudgingServer(_bench, _clock, JudgingServer.Plan(Unit, (Probe, At(0), Instant.End)));
    }

    public async Task DisposeAsync()
    {
        Server.Dispose();
        await Bench.DisposeAsync();
    }

    /// <summary>An instant of the four hours; the present is minute 240.</summary>
    protected Instant At(int minute) => _from + TimeSpan.FromMinutes(minute);
}
