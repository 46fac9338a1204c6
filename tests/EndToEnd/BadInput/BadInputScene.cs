using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server;
using ColdChain.Server.Store;
using Microsoft.Extensions.Logging;

namespace ColdChain.EndToEnd.Tests.BadInput;

/// <summary>A running server with something in its store, its devices, and what a person can read of it.</summary>
internal sealed class BadInputScene : IAsyncDisposable
{
    private const string Secret = "secret";

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private readonly TempFolder _folder = new();
    private readonly SceneLog _log = new();
    private readonly Stack<IAsyncDisposable> _opened = new();
    private readonly Instant _start = Instant.Now(TimeProvider.System) - (Step * 13);
    private ServerApp? _server;

    private BadInputScene() => Speaker = Device(SceneFleet.Speaker);

    public ServerApp Server => _server ?? throw new InvalidOperationException("The server is stopped.");

    public string RecordFile => Path.Combine(DataFolder, "record.db");

    public string DataFolder => _folder.File("data");

    public string FleetFile => _folder.File("fleet.yaml");

    public SceneDevice Speaker { get; }

    /// <summary>What the agent takes for the kernel's files.</summary>
    public SysfsTree Sys { get; } = new();

    public static async Task<BadInputScene> OpenAsync()
    {
        var scene = new BadInputScene();
        await File.WriteAllTextAsync(scene.FleetFile, SceneFleet.Text(scene._start));
        await scene.StartServerAsync();
        var warm = scene.Device(SceneFleet.Warm);
        await scene.StoreAsync(warm, warm.NextPack(scene.Samples(place => place is > 2 and < 6 ? "9" : "4")));
        await scene.StoreAsync(scene.Speaker, scene.Speaker.NextPack(scene.Samples(_ => "4")));
        await scene.SettledAsync();
        scene.Server.Store.Read(session => HoldStore.OfUnit(session, SceneFleet.UnitOf(SceneFleet.Warm))).Should().HaveCount(2, "fridge and blood unit are held");
        return scene;
    }

    public SceneDevice Device(DeviceId id) => new(id, () => Server.MqttAddress.Port, Secret);

    /// <summary>A sample each five minutes from the beginning of supervision until now.</summary>
    public (Instant At, string Celsius)[] Samples(Func<int, string> celsius) => [.. Enumerable.Range(0, 14).Select(place => (_start + (Step * place), celsius(place)))];

    public string PathOf(string name) => _folder.File(name);

    /// <summary>Owns something until the end.</summary>
    public T Own<T>(T opened)
        where T : IAsyncDisposable
    {
        _opened.Push(opened);
        return opened;
    }

    public async Task StartServerAsync()
    {
        var loopback = new IPEndPoint(IPAddress.Loopback, 0);
        _server = await ServerApp.StartAsync(
            new ServerOptions { DataFolder = DataFolder, FleetFile = FleetFile, Http = loopback, Mqtt = loopback },
            TimeProvider.System,
            logging => logging.AddProvider(_log).AddFilter("Microsoft.AspNetCore", LogLevel.Warning),
            CancellationToken.None);
        foreach (var device in SceneFleet.All)
        {
            Server.Devices.Set(device, Secret);
        }
    }

    public async Task StopServerAsync()
    {
        await Server.DisposeAsync();
        _server = null;
    }

    /// <summary>Publishes, and waits until that is stored: MQTT's acknowledgement comes before.</summary>
    public async Task StoreAsync(SceneDevice device, Pack pack)
    {
        await device.PublishAsync(pack);
        await Eventually.HoldsAsync(
            () => Server.Store.Read(session => StreamStore.Find(session, pack.Device, pack.Epoch))?.Held.Contains(pack.LastSeq) == true, $"{device.Id}'s pack is stored");
    }

    /// <summary>Waits until everything stored is judged. A stopped server has nothing to judge.</summary>
    public Task SettledAsync() => _server is null ? Task.CompletedTask : Eventually.HoldsAsync(
        () => Server.Store.Read(session => MarkStore.Pending(session).Count == 0
            && UnitStateStore.Due(session, Instant.Now(TimeProvider.System)).Count == 0
            && UnitStateStore.All(session).Count == SceneFleet.All.Count),
        "everything is judged");

    /// <summary>Waits for a line of the server's log.</summary>
    public Task<string> LogLineAsync(string text) => _log.LineAsync(text);

    /// <summary>Waits for an event about a device, and gives all that it says.</summary>
    public async Task<string> EventAsync(string kind, DeviceId subject)
    {
        EventRow? found = null;
        await Eventually.HoldsAsync(
            () => (found = Server.Store.Read(session => EventLog.Read(session, 0, 1000)).Find(row => row.Kind == kind && row.Subject == subject.Value)) is not null,
            $"the event {kind} of {subject}");
        var payload = JsonNode.Parse(found!.Payload)!.AsObject(); // It has been waited for, and is an object.
        return $"{found.Kind} {found.Subject}: {string.Join(", ", payload.Select(member => $"{member.Key} {member.Value}"))}";
    }

    /// <summary>Asks the API; gives the status and the answer.</summary>
    public async Task<(int Status, JsonNode Body)> AskAsync(HttpMethod method, string path, HttpContent? content = null, bool withToken = true)
    {
        // A body that is too large is refused before it is sent, however long a busy server takes to say so.
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };
        using var client = new HttpClient(handler) { BaseAddress = Server.Address };
        using var request = new HttpRequestMessage(method, path) { Content = content };

        // So that an answer to a body that is too large arrives before the body is sent.
        request.Headers.ExpectContinue = content is not null;
        if (withToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Server.Token.Value);
        }

        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!); // No answer of the API is null.
    }

    /// <summary>The text of a refusal of the API.</summary>
    public async Task<string> ProblemAsync(int status, HttpMethod method, string path, HttpContent? content = null, bool withToken = true)
    {
        var (given, body) = await AskAsync(method, path, content, withToken);
        given.Should().Be(status, "{0}", body);
        return $"{body["thing"]}: {body["detail"]}";
    }

    public async Task GoodReadingIsStoredAndJudgedAsync()
    {
        var at = Instant.Now(TimeProvider.System);
        await Speaker.PublishAsync(Speaker.NextPack((at, "4.321")));
        await JudgedAsync(Speaker.Id, 4.321m, at.ToString());
    }

    /// <summary>Waits until a device's fridge is judged by a temperature.</summary>
    public async Task JudgedAsync(DeviceId device, decimal celsius, string? measuredAt = null)
    {
        var last = "";
        try
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    var unit = (await AskAsync(HttpMethod.Get, $"/api/v1/units/{SceneFleet.UnitOf(device)}")).Body["unit"]!;
                    last = unit.ToJsonString(JsonSerializerOptions.Web);
                    return (decimal?)unit["celsius"] == celsius && (measuredAt is null || (string?)unit["measuredAt"] == measuredAt) && (string?)unit["state"] == "in-range";
                },
                $"{device} is in range with {celsius}");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} It is {last}", late);
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_opened.TryPop(out var opened))
        {
            await opened.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Sys.Dispose();
        _folder.Dispose();
    }
}
