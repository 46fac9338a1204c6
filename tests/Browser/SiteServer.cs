using System.Text;
using System.Text.RegularExpressions;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Identity;
using ColdChain.Tests.Shared.Prepared;

namespace ColdChain.Browser.Tests;

/// <summary>The server as a site runs it, a process of its own, over the last day of all prepared units.</summary>
public sealed partial class SiteServer : IAsyncLifetime
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

    /// <summary>Adds a person with a role for the nation, as the administrator does it by the pages, and with a second factor if it is wanted.</summary>
    internal async Task<SitePerson> AddPersonAsync(string name, string role, bool hasFactor = false)
    {
        await SessionAsync(); // So that the administrator has a password.
        using var admin = new FormSession(Address);
        await admin.SignInAsync("admin");
        var added = await (await admin.SendAsync("/people", "/people", ("name", name), ("display", $"{char.ToUpperInvariant(name[0])}{name[1..]} B."), ("language", "fr"))).Content.ReadAsStringAsync();
        await admin.SendAsync("/people", $"/people/{name}/grant", ("role", role), ("scope", "nation"));
        using var person = await FormSession.SignInFirstAsync(Address, name, OneTime().Match(added).Groups[1].Value, SitePerson.Password);
        return new SitePerson(name, (SessionCookie, person.Cookies.Single(cookie => cookie.Name == SessionCookie).Value), hasFactor ? await AddFactorAsync(person) : []);
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

    private static async Task<byte[]> AddFactorAsync(FormSession person)
    {
        await person.SendAsync("/account", "/account/second-factor", ("password", SitePerson.Password));
        var text = Secret().Match(await person.Client.GetStringAsync(new Uri("/account", UriKind.Relative))).Groups[1].Value;
        var bits = string.Concat(text.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        byte[] secret = [.. bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2))];
        await person.SendAsync("/account", "/account/second-factor/confirm", ("code", Totp.Code(secret, Totp.StepAt(Instant.Now(TimeProvider.System)))));
        return secret;
    }

    [GeneratedRegex("<output[^>]*>([^<]+)<")]
    private static partial Regex OneTime();

    [GeneratedRegex("secret=([A-Z2-7]+)")]
    private static partial Regex Secret();

    private string SecretOf(DeviceId device) => new DeviceSecrets(_folder.Path).Renew(device);
}

/// <summary>Somebody who has signed in.</summary>
/// <param name="Name">The account.</param>
/// <param name="Session">What the browser brings.</param>
/// <param name="Secret">That of the authenticator; empty without one.</param>
internal sealed record SitePerson(string Name, (string Name, string Value) Session, byte[] Secret)
{
    public const string Password = "a horse eats hay at night";

    /// <summary>The code of the step after this one: the one of now confirmed the authenticator, and none is taken twice.</summary>
    public string NextCode() => Totp.Code(Secret, Totp.StepAt(Instant.Now(TimeProvider.System)) + 1);
}
