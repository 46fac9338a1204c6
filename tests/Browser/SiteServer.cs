using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Identity;
using ColdChain.Tests.Shared.Prepared;

namespace ColdChain.Browser.Tests;

/// <summary>The server as a site runs it, a process of its own, over the last day of all prepared units.</summary>
public sealed class SiteServer : IAsyncLifetime
{
    private const string SessionCookie = "coldchain-session";

    private readonly TempFolder _folder = new();
    private string _fleet = "";
    private string? _session;
    private ProgramProcess? _process;
    private int _mqttPort;

    /// <summary>Where its pages are.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public async Task InitializeAsync()
    {
        _fleet = await PreparedData.WriteAsync(_folder.Path, PreparedFleet.Units, Instant.Now(TimeProvider.System));
        await StartAsync();
    }

    /// <summary>Starts it, the second time at the same address.</summary>
    public async Task StartAsync()
    {
        _process = ProgramProcess.Start(
            "ColdChain.Server.dll", ["serve", "--data", _folder.Path, "--fleet", _fleet, "--port", $"{(Address.IsDefaultPort ? 0 : Address.Port)}", "--mqtt-port", "0"]);
        Address = new Uri(await _process.LineAsync("Pages and API:"));
        _mqttPort = int.Parse((await _process.LineAsync("MQTT:")).Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>What a browser brings that is signed in as the administrator.</summary>
    public async Task<(string Name, string Value)> SessionAsync()
    {
        if (_session is null)
        {
            var oneTime = (await _process!.LineAsync("First sign-in:")).Split(' ')[^1]; // Started before.
            using var browser = await FormSession.SignInFirstAsync(Address, "admin", oneTime);
            _session = browser.Cookies.Single(cookie => cookie.Name == SessionCookie).Value;
        }

        return (SessionCookie, _session);
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _process!.KillAsync(); // Started before.

    /// <summary>Delivers a measurement of a unit over MQTT, from an outbox that has just begun.</summary>
    internal async Task MeasureAsync(PreparedUnit unit, string celsius)
    {
        Celsius.TryParse(celsius, out var value).Should().BeTrue();
        var (device, epoch) = (new DeviceId(unit.Device), Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()));
        var reading = new Reading
        {
            Key = new ReadingKey(device, epoch, 1), Probe = new ProbeId(device, "load"), MeasuredAt = Instant.Now(TimeProvider.System), Value = value,
        };
        await using var link = ReconnectingLink.Start(
            new MqttClientOptions
            {
                Host = "127.0.0.1", Port = _mqttPort, ClientId = unit.Device, UserName = unit.Device, Password = Encoding.UTF8.GetBytes(SecretOf(device)),
            },
            ReconnectOptions.Default,
            _ => { },
            TimeProvider.System,
            new Random(1));
        await link.WaitUntilConnectedAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2));
        await link.PublishAsync(new MqttMessage(Topics.Up(device, UpKind.Live), PackCodec.Encode(new Pack(device, epoch, [reading]))), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private string SecretOf(DeviceId device) => new DeviceSecrets(_folder.Path).Renew(device);
}
