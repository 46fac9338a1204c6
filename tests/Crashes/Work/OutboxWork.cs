using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Edge;
using ColdChain.Edge.Outbox;
using ColdChain.Hosting.Clocks;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Crashes.Tests.Work;

/// <summary>The outbox of the agent: it appends, takes an acknowledgement, prunes what that covers, and appends again.</summary>
internal sealed class OutboxWork(string path) : StoredWork(path)
{
    private const int RowsOfAStep = 3;
    private const int AcknowledgeStep = 5;
    private const int PruneStep = 6;
    private const string Store = "11112222333344445555666677778888";
    private static readonly DeviceId Device = new("pi-1");
    private static readonly ManualTimeProvider Clock = new(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));

    private SqliteOutbox? _outbox;

    public override int Steps => 8;

    private SqliteOutbox Opened => _outbox ?? throw new InvalidOperationException("Open first.");

    public override void Open() => _outbox = SqliteOutbox.Open(
        Path, Device, new DeviceClock(Clock, "boot-1", new AssumedClock(), DeviceClock.DefaultFloor), NullLogger.Instance);

    public override Task DoAsync(int step)
    {
        switch (step)
        {
            case AcknowledgeStep:
                Opened.Apply(new Ack(Store, Opened.Epoch, 2 * RowsOfAStep, SeqRanges.Empty, [], ""));
                break;
            case PruneStep:
                Opened.Prune(Instant.Now(Clock) + TimeSpan.FromDays(1));
                break;
            default:
                Opened.Append(Measured(step));
                break;
        }

        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _outbox?.Dispose();
        _outbox = null;
        return ValueTask.CompletedTask;
    }

    private static List<Measurement> Measured(int step) =>
    [
        .. Enumerable.Range(0, RowsOfAStep).Select(i => new Measurement(
            new ProbeId(Device, "load"), Instant.Now(Clock) + TimeSpan.FromSeconds((step * RowsOfAStep) + i), Celsius.FromMilli((step * 1000) + i), null, null, null, null)),
    ];
}
