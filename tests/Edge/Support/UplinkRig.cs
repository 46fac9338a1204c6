using ColdChain.Edge.LocalAlarm;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Uplink;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Edge.Tests.Support;

/// <summary>An outbox, its way up and a server, running until it is disposed.</summary>
internal sealed class UplinkRig : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TwoLaneUplink _uplink;
    private Task _running = Task.FromCanceled(new CancellationToken(canceled: true));

    /// <param name="faults">Of the link; none when left out.</param>
    /// <param name="seed">Of the faults.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">The limits; short ones when left out.</param>
    /// <param name="prepare">Fills the outbox's file and the server before the outbox is opened.</param>
    public UplinkRig(
        LinkFaults? faults = null, int seed = 0, TimeProvider? time = null, UplinkOptions? options = null, Action<string, SimulatedServer>? prepare = null)
    {
        prepare?.Invoke(_folder.File("outbox.db"), Server);
        Outbox = Some.Outbox(_folder.File("outbox.db"), time);
        Link = new SimulatedLink(Server, faults ?? new LinkFaults(), seed);
        _uplink = new TwoLaneUplink(Link, Outbox, Some.Device, Some.Clock(time), Progress, Supervision, options ?? Quick, NullLogger.Instance);
    }

    /// <summary>Limits so short that a test with many failures ends soon.</summary>
    public static UplinkOptions Quick { get; } = new()
    {
        AckTimeout = TimeSpan.FromMilliseconds(100),
        BackoffFirst = TimeSpan.FromMilliseconds(2),
        BackoffMax = TimeSpan.FromMilliseconds(20),
    };

    public SimulatedServer Server { get; } = new();

    public SimulatedLink Link { get; }

    public SqliteOutbox Outbox { get; }

    public SamplingProgress Progress { get; } = new();

    public Supervision Supervision { get; } = new(TimeProvider.System);

    public UplinkRig Start()
    {
        _running = Task.Run(() => _uplink.RunAsync(_stop.Token));
        return this;
    }

    public void Append(int count)
    {
        Outbox.Append(Some.Measurements(count));
        _uplink.Appended();
    }

    public Task UntilDeliveredAsync() => Eventually.TrueAsync(() => Outbox.Snapshot().Unacked == 0 && Server.Held.Count == Outbox.LastSeq);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        var stopped = async () => await _running;
        await stopped.Should().ThrowAsync<OperationCanceledException>("the uplink ends only when it is told to");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Link.DisposeAsync();
        Outbox.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }
}
