using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Edge.LocalAlarm;
using ColdChain.Edge.Tests.Support;
using ColdChain.Mqtt.Link;

namespace ColdChain.Edge.Tests.LocalAlarm;

public sealed class SiteAlarmLampTests : IAsyncDisposable
{
    private static readonly DeviceId Device = new("pi-1");

    private readonly InMemoryNetwork _network = new();
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task Lamp_ShowsWhatTheServerSaidLast_AndABadMessageChangesNothing()
    {
        var (lamp, server) = (new SeenLamp(), _network.OpenLink("server"));
        var running = new SiteAlarmLamp(lamp, _network.OpenLink("pi-1"), Device, TimeProvider.System, new ListLogger()).RunAsync(_stop.Token);
        await Eventually.TrueAsync(() => lamp.IsOn == false);

        await SayAsync(server, new SiteAlarm("2026-11-22T20:00:00.000Z", IsOn: true, 2));
        await Eventually.TrueAsync(() => lamp.IsOn == true);
        await server.PublishAsync(new MqttMessage(Topics.Alarm(Device), "{}"u8.ToArray()), CancellationToken.None);
        await SayAsync(server, new SiteAlarm("2026-11-22T20:01:00.000Z", IsOn: true, 1));
        lamp.IsOn.Should().BeTrue();
        await SayAsync(server, new SiteAlarm("2026-11-22T20:02:00.000Z", IsOn: false, 0));
        await Eventually.TrueAsync(() => lamp.IsOn == false);

        await _stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public void Alarm_IsReadAsItIsWritten()
    {
        var alarm = new SiteAlarm("2026-11-22T20:00:00.000Z", IsOn: true, 3);

        ControlCodec.TryDecodeAlarm(ControlCodec.EncodeAlarm(alarm), out var read, out var error).Should().BeTrue(error);
        read.Should().Be(alarm);
        ControlCodec.TryDecodeAlarm("""{"on":true}"""u8, out _, out error).Should().BeFalse();
        error.Should().Contain("incidents");
    }

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        _stop.Dispose();
    }

    private static Task SayAsync(IMqttLink server, SiteAlarm alarm) => server.PublishAsync(new MqttMessage(Topics.Alarm(Device), ControlCodec.EncodeAlarm(alarm)), CancellationToken.None);

    private sealed class SeenLamp : ILamp
    {
        private volatile int _shown = -1;

        public bool? IsOn => _shown switch { 0 => false, 1 => true, _ => null };

        public void Show(bool isOn) => _shown = isOn ? 1 : 0;
    }
}
