using System.Runtime.CompilerServices;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Sensors.Replay;
using ColdChain.Edge.Sensors.Simulated;
using ColdChain.Edge.Tests.Support;
using ColdChain.Mqtt.Link;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Edge.Tests;

public sealed class EdgeAgentTests : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();
    private readonly InMemoryNetwork _network = new();
    private readonly SimulatedServer _server = new();
    private readonly ManualTime _time = new(Some.Noon);

    [Fact]
    public async Task SimulatedProbes_WithADayOfHistory_ArriveOnceAndGoOnLive()
    {
        await ConnectServerAsync();
        var unit = new SimulatedUnit(ModelParameters.BloodFridge, seed: 1);
        IReadingSource Source(ProbeId probe, ProbeRole role) =>
            new SimulatedSource(probe, role, unit, Minute, Some.Noon - TimeSpan.FromHours(24), _time);
        const int history = 2 * ((24 * 60) + 1);

        await RunAsync([Source(Some.Load, ProbeRole.Load), Source(Some.Air, ProbeRole.Air)], async outbox =>
        {
            await Eventually.TrueAsync(() => _server.Held.Count == history && outbox.Snapshot().Unacked == 0);
            _time.Advance(Minute);
            await Eventually.TrueAsync(() => _server.Held.Count == history + 2 && outbox.Snapshot().Unacked == 0);
        });

        _server.Held.GroupBy(reading => reading.Probe).Should().OnlyContain(
            probe => probe.Select(reading => reading.MeasuredAt).Distinct().Count() == history / 2 + 1);
    }

    [Fact]
    public async Task Restart_InTheMiddleOfARecording_SendsEverySampleOnce()
    {
        await ConnectServerAsync();
        var recording = Enumerable.Range(0, 3000).Select(i => new RecordedSample(Some.Noon + (Minute * i), Celsius.FromMilli(i))).ToList();
        await RunAsync(
            [new ReplaySource(Some.Load, recording[..1234], 0, _time)], outbox => Eventually.TrueAsync(() => outbox.LastSeq == 1234));

        await RunAsync([new ReplaySource(Some.Load, recording, 0, _time)], outbox =>
            Eventually.TrueAsync(() => _server.Held.Count == 3000 && outbox.Snapshot().Unacked == 0));

        _server.Held.Select(reading => new RecordedSample(reading.MeasuredAt!.Value, reading.Value)).Should().Equal(recording);
        _server.Held.Select(reading => reading.Key.Seq).Should().Equal(Enumerable.Range(1, 3000).Select(seq => (long)seq));
    }

    [Fact]
    public async Task NoConnection_NeverStopsSampling()
    {
        await ConnectServerAsync();
        await using var link = _network.OpenLink("edge");
        _network.Cut("edge");
        var source = new SimulatedSource(
            Some.Load, ProbeRole.Load, new SimulatedUnit(ModelParameters.BloodFridge, 1), Minute, Some.Noon, _time);

        await RunAsync([source], link, async outbox =>
        {
            for (var minute = 1; minute <= 5; minute++)
            {
                await Eventually.TrueAsync(() => outbox.LastSeq == minute);
                _time.Advance(Minute);
            }

            _network.Restore("edge");
            await Eventually.TrueAsync(() => _server.Held.Count == 6);
        });
    }

    [Fact]
    public async Task OldRowsThatCannotBeRemoved_NeverStopSampling()
    {
        await ConnectServerAsync();
        using (var outbox = Some.Outbox(_folder.File("outbox.db"), _time))
        {
            outbox.Append([Some.Measurement()]);
            outbox.Apply(Some.Ack(outbox, "1"));
        }

        Sabotage.Run(_folder.File("outbox.db"), Sabotage.RefuseToDelete);
        _time.Advance(TimeSpan.FromDays(40));
        var source = new SimulatedSource(
            Some.Load, ProbeRole.Load, new SimulatedUnit(ModelParameters.BloodFridge, 1), Minute, _time.Now(), _time);

        await RunAsync([source], async outbox =>
        {
            await Eventually.TrueAsync(() => outbox.LastSeq == 2);
            _time.Advance(Minute);
            await Eventually.TrueAsync(() => outbox.LastSeq == 3);
        });
    }

    [Fact]
    public async Task SendingThatFails_NeverStopsSampling()
    {
        await ConnectServerAsync();
        await using var link = new BrokenLink(_network.OpenLink("edge"), failures: 3);
        var source = new SimulatedSource(
            Some.Load, ProbeRole.Load, new SimulatedUnit(ModelParameters.BloodFridge, 1), Minute, Some.Noon, _time);

        await RunAsync([source], link, async outbox =>
        {
            await Eventually.TrueAsync(() => outbox.LastSeq == 1);
            await Eventually.TrueAsync(() =>
            {
                _time.Advance(TimeSpan.FromSeconds(10));
                return _server.Held.Count > 0;
            });
        });
    }

    [Fact]
    public async Task SourceThatBreaks_EndsTheAgentWithItsError()
    {
        await ConnectServerAsync();

        var run = () => RunAsync([new BrokenSource()], _ => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System));

        await run.Should().ThrowAsync<InvalidOperationException>().WithMessage("the probe was pulled out");
    }

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        _folder.Dispose();
    }

    private async Task ConnectServerAsync()
    {
        var link = _network.OpenLink("server");
        foreach (var topics in (string[])[Topics.AllLive, Topics.AllBackfill, Topics.AllStatus])
        {
            await link.SubscribeAsync(
                topics, (message, cancellation) => link.PublishAsync(_server.Receive(message)!, cancellation), CancellationToken.None);
        }
    }

    private async Task RunAsync(IReadOnlyList<IReadingSource> sources, Func<SqliteOutbox, Task> until)
    {
        await using var link = _network.OpenLink("edge");
        await RunAsync(sources, link, until);
    }

    private async Task RunAsync(IReadOnlyList<IReadingSource> sources, IMqttLink link, Func<SqliteOutbox, Task> until)
    {
        using var outbox = Some.Outbox(_folder.File("outbox.db"), _time);
        using var stop = new CancellationTokenSource();
        var agent = new EdgeAgent(
            new EdgeAgentOptions { Device = Some.Device }, sources, outbox, link, Some.Clock(_time), NullLogger.Instance);
        var running = agent.RunAsync(stop.Token);
        await Task.WhenAny(running, until(outbox)).Unwrap();
        await stop.CancelAsync();
        await running;
    }

    /// <summary>A link that fails in a way that nobody foresaw, some times.</summary>
    private sealed class BrokenLink(IMqttLink link, int failures) : IMqttLink
    {
        private int _left = failures;

        public bool IsConnected => link.IsConnected;

        public Task WaitUntilConnectedAsync(CancellationToken cancellation) => link.WaitUntilConnectedAsync(cancellation);

        public Task PublishAsync(MqttMessage message, CancellationToken cancellation) => Interlocked.Decrement(ref _left) >= 0
            ? throw new InvalidOperationException("nobody foresaw this")
            : link.PublishAsync(message, cancellation);

        public Task SubscribeAsync(string topicFilter, Func<MqttMessage, CancellationToken, Task> handler, CancellationToken cancellation) =>
            link.SubscribeAsync(topicFilter, handler, cancellation);

        public ValueTask DisposeAsync() => link.DisposeAsync();
    }

    private sealed class BrokenSource : IReadingSource
    {
        public ProbeId Probe => Some.Load;

        public TimeSpan Interval => TimeSpan.Zero;

        public async IAsyncEnumerable<ProbeSample> ReadAsync(StoredSample? newest, [EnumeratorCancellation] CancellationToken cancellation)
        {
            yield return ProbeSample.Good(Probe, null, Celsius.FromMilli(4000));
            await Task.Yield();
            throw new InvalidOperationException("the probe was pulled out");
        }
    }
}
