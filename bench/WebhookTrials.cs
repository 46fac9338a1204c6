using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;
using ColdChain.Server;
using ColdChain.Server.Alerts;
using ColdChain.Server.Api;
using ColdChain.Server.Outbound;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ColdChain.Bench;

/// <summary>
/// From a reading that is out of range to the webhook that says so, with other readings behind it: each trial is a storage unit of its own. Everything is real
/// and on this machine: server, MQTT, disk, HTTP. When a webhook arrives, the hold must be in the store.
/// </summary>
internal sealed partial class WebhookTrials(int trials, int readingsPerSecond)
{
    // The first ones of a process find its code not compiled yet; they are tried and not counted.
    private const int WarmUp = 500;

    private const string Trial = "trial";
    private const string Secret = "bench";
    private const int LoadDevices = 50;
    private const int TrialDevices = 50;
    private const int PacksPerSecond = 5;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("coldchain-bench-").FullName;
    private readonly long[] _published = new long[trials + WarmUp];
    private readonly double[] _milliseconds = new double[trials + WarmUp];
    private readonly TaskCompletionSource[] _arrived = [.. Enumerable.Range(0, trials + WarmUp).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
    private long _loaded;
    private int _withoutHold;
    private ServerApp? _app;

    public static async Task RunAsync(string[] args)
    {
        var run = new WebhookTrials(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000, args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5000);
        Console.WriteLine(await run.MeasureAsync());
    }

    private async Task<string> MeasureAsync()
    {
        await using var receiver = Receiver();
        await receiver.StartAsync();
        await using var app = _app = await StartAsync(new Uri($"{receiver.Urls.First()}/hook"));
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, LoadDevices).Select(number => LoadAsync(number, stop.Token)).ToList();
        var began = Stopwatch.GetTimestamp();
        await TryAllAsync();
        var perSecond = Interlocked.Read(ref _loaded) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        await stop.CancelAsync();
        await Task.WhenAll(load).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var counted = _milliseconds.Skip(WarmUp).Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{trials} trials after {WarmUp} that do not count, with {perSecond:0} readings/s behind them, from publishing to the webhook: p50 {At(0.5):0.0} ms, p90 {At(0.9):0.0} ms, p99 {At(0.99):0.0} ms, most {counted[^1]:0.0} ms; {_withoutHold} came before their hold was committed");

        double At(double share) => counted[(int)Math.Ceiling(share * trials) - 1];
    }

    private async Task TryAllAsync()
    {
        var devices = await Task.WhenAll(Enumerable.Range(0, TrialDevices).Select(number => ConnectAsync(DeviceOf(number))));
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System); // Until the others are at work.
        for (var number = 0; number < _published.Length; number++)
        {
            var (name, epoch) = (DeviceOf(number), LoadDevices + (number % TrialDevices));
            var reading = ReadingOf(name, epoch, ProbeOf(number), 1 + (number / TrialDevices), 12_000);
            _published[number] = Stopwatch.GetTimestamp();
            var pack = new Pack(new DeviceId(name), EpochOf(epoch), [reading]);
            await devices[number % TrialDevices].PublishAsync(new MqttMessage(Topics.Up(new DeviceId(name), UpKind.Live), PackCodec.Encode(pack)), CancellationToken.None);
            await Task.Delay(Between, TimeProvider.System);
        }

        await Task.WhenAll(_arrived.Select(one => one.Task)).WaitAsync(Patience);
        foreach (var device in devices)
        {
            await device.DisposeAsync();
        }
    }

    private async Task LoadAsync(int number, CancellationToken cancellation)
    {
        var (name, seq, each) = ($"load-{number}", 0L, Math.Max(1, readingsPerSecond / LoadDevices / PacksPerSecond));
        await using var device = await ConnectAsync(name);
        // Devices know nothing of each other: their packs are spread over the time.
        await Task.Delay(TimeSpan.FromSeconds(1.0 / PacksPerSecond * number / LoadDevices), TimeProvider.System, cancellation);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PacksPerSecond), TimeProvider.System);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            var readings = Enumerable.Range(0, each).Select(index => ReadingOf(name, number, "load", ++seq, 4_000 + (index % 100), index)).ToList();
            await device.PublishAsync(new MqttMessage(Topics.Up(new DeviceId(name), UpKind.Live), PackCodec.Encode(new Pack(new DeviceId(name), EpochOf(number), readings))), cancellation);
            Interlocked.Add(ref _loaded, each);
        }
    }

    private Task<MqttClient> ConnectAsync(string name) => MqttClient.ConnectAsync(
        new MqttClientOptions { Host = "127.0.0.1", Port = _app!.MqttAddress.Port, ClientId = name, UserName = name, Password = Encoding.UTF8.GetBytes(Secret) },
        (_, _) => Task.CompletedTask, TimeProvider.System, CancellationToken.None);

    private static Reading ReadingOf(string device, int epoch, string probe, long seq, int milli, int behind = 0) => new()
    {
        Key = new ReadingKey(new DeviceId(device), EpochOf(epoch), seq),
        Probe = new ProbeId(new DeviceId(device), probe),
        MeasuredAt = Instant.Now(TimeProvider.System) + TimeSpan.FromMilliseconds(behind),
        Value = Celsius.FromMilli(milli),
    };

    private WebApplication Receiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var receiver = builder.Build();
        receiver.Urls.Add("http://127.0.0.1:0");
        receiver.MapPost("/hook", async (HttpContext context) =>
        {
            var at = Stopwatch.GetTimestamp();
            using var reader = new StreamReader(context.Request.Body);
            foreach (var number in UnitName().Matches(await reader.ReadToEndAsync()).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct())
            {
                Arrive(number, at);
            }
        });
        return receiver;
    }

    private void Arrive(int number, long at)
    {
        if (_arrived[number].Task.IsCompleted)
        {
            return; // It is told again and again.
        }

        _milliseconds[number] = Stopwatch.GetElapsedTime(_published[number], at).TotalMilliseconds;
        var isHeld = _app!.Store.Read(session => HoldStore.StandingOnUnit(session, new StorageUnitId(UnitOf(number))).Count > 0);
        Interlocked.Add(ref _withoutHold, isHeld ? 0 : 1);
        _arrived[number].TrySetResult();
    }

    private async Task<ServerApp> StartAsync(Uri hook)
    {
        var (fleet, loopback) = (Path.Combine(_folder, "fleet.yaml"), new IPEndPoint(IPAddress.Loopback, 0));
        await File.WriteAllTextAsync(fleet, FleetText());
        var options = new ServerOptions
        {
            DataFolder = Path.Combine(_folder, "data"),
            FleetFile = fleet,
            Http = loopback,
            Mqtt = loopback,
            RequestsPerMinute = RateLimits.Most,
            Outbound = new OutboundOptions(["127.0.0.1"]),
            Alerts = new AlertOptions { Webhook = new WebhookOptions(hook, new byte[WebhookSignature.KeyBytesMin]) },
        };
        var app = await ServerApp.StartAsync(options, TimeProvider.System, logging => logging.SetMinimumLevel(LogLevel.Critical), CancellationToken.None);
        foreach (var device in app.Fleet.Devices)
        {
            app.Devices.Set(device.Id, Secret);
        }

        return app;
    }

    private string FleetText()
    {
        var text = new StringBuilder("sites:\n  - {id: bench, name: Bench, zone: UTC}\ndevices:\n");
        var devices = Enumerable.Range(0, LoadDevices).Select(number => $"load-{number}").Concat(Enumerable.Range(0, TrialDevices).Select(DeviceOf)).ToList();
        devices.ForEach(device => text.Append(CultureInfo.InvariantCulture, $"  - {{id: {device}, site: bench}}\n"));
        text.Append("storage-units:\n");
        foreach (var (unit, probe) in Enumerable.Range(0, _published.Length).Select(number => (UnitOf(number), $"{DeviceOf(number)}/{ProbeOf(number)}")).Concat(devices.Take(LoadDevices).Select(device => ($"unit-{device}", $"{device}/load"))))
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{id: {unit}, name: {unit}, site: bench, kind: refrigerator, history: [{{from: {Instant.Now(TimeProvider.System) - TimeSpan.FromMinutes(1)}, rules: eu-edqm, product: RBC, context: storage, probes: [{{id: {probe}, role: load}}]}}]}}\n");
        }

        return text.ToString();
    }

    private static string UnitOf(int number) => $"{Trial}-{number:0000}";

    private static string DeviceOf(int number) => $"{Trial}-device-{number % TrialDevices}";

    private static string ProbeOf(int number) => $"p{number:0000}";

    private static string EpochOf(int device) => device.ToString("x32", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\btrial-(\d{4,})\b")]
    private static partial Regex UnitName();
}
