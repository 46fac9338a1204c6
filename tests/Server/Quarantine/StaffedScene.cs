using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Fleet;
using ColdChain.Server.Ingest;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.Logging;

namespace ColdChain.Server.Tests.Quarantine;

/// <summary>A served scene with people who have signed in, each in a browser of his own, and a clock that the test moves.</summary>
internal sealed class StaffedScene : IAsyncDisposable
{
    /// <summary>The blood unit that was in fridge 1 during the excursion.</summary>
    public const string Donation = "W000026123456";

    private const string LateEpoch = "fedcba9876543210fedcba9876543210";
    private static readonly Actor By = Actor.Person("test", from: null);
    private static readonly byte[] Secret = [.. Enumerable.Range(1, Totp.SecretLength).Select(number => (byte)number)];

    private readonly Scene _scene;
    private readonly ServedScene _server;
    private readonly Dictionary<string, string> _oneTime = [];
    private readonly Dictionary<string, FormSession> _browsers = [];

    private StaffedScene(Scene scene, ServedScene server) => (_scene, _server) = (scene, server);

    public ServerApp App => _server.App;

    public ServedScene Api => _server;

    public FixedClock Clock => _scene.Clock;

    public RecordStore Store => _server.App.Store;

    /// <summary>Fridge 1 was out of its limits from 09:02 to 09:34, and is back; now is noon.</summary>
    public static async Task<Scene> AfterAnExcursionAsync(string fleet = SceneFleet.Text)
    {
        var scene = await Scene.OpenAsync(fleet);
        await scene.MeasureAsync("pi-001/load", "06:00", "09:00", "4");
        await scene.MeasureAsync("pi-001/load", "09:05", "09:30", "9");
        await scene.MeasureAsync("pi-001/load", "09:35", "11:55", "4");
        await scene.MeasureAsync("pi-001/air", "06:00", "11:55", "4");
        await scene.MeasureAsync("pi-002/load", "06:00", "11:55", "4");
        await scene.MeasureAsync("pi-004/load", "06:00", "11:55", "22");
        await scene.JudgeAsync("12:00");
        return scene;
    }

    /// <summary>Serves a scene; nobody has signed in yet.</summary>
    public static async Task<StaffedScene> ServeAsync(Scene scene, Func<ServerOptions, ServerOptions>? change = null, Action<ILoggingBuilder>? logging = null) =>
        new(scene, await scene.ServeAsync(change: change, logging: logging));

    /// <summary>Serves fridge 1 after its excursion, with a technician (tariq), two people of quality (amina, badr), an administrator (zineb) and one of quality elsewhere (omar). Who does nothing never signs in.</summary>
    public static async Task<StaffedScene> OpenAsync(Func<ServerOptions, ServerOptions>? change = null, Action<ILoggingBuilder>? logging = null)
    {
        var staffed = await ServeAsync(await AfterAnExcursionAsync(), change, logging);
        await staffed.AddAsync("tariq", Role.Technician, Scope.Site("rabat"));
        await staffed.AddAsync("amina", Role.Quality, Scope.Site("rabat"));
        await staffed.AddAsync("badr", Role.Quality, Scope.Nation);
        await staffed.AddAsync("zineb", Role.Admin, Scope.Nation);
        await staffed.AddAsync("omar", Role.Quality, Scope.Site("elsewhere"));
        return staffed;
    }

    /// <summary>Adds a person with a second factor, who signs in when he is first needed.</summary>
    public async Task AddAsync(string name, Role role, Scope where)
    {
        _oneTime[name] = (await App.Accounts.AddAsync(name, $"{char.ToUpperInvariant(name[0])}{name[1..]} B.", "en", By, CancellationToken.None)).Secret!;
        await App.Accounts.GrantAsync(name, new Grant(role, where), By, CancellationToken.None);
        await Store.WriteAsync(
            WritePriority.Decision, transaction => AccountStore.Save(transaction, AccountStore.Find(transaction, name)! with { TotpSecret = Secret }), CancellationToken.None);
    }

    public async Task<FormSession> BrowserAsync(string name) =>
        _browsers.TryGetValue(name, out var open) ? open : _browsers[name] = await FormSession.SignInFirstAsync(App.Address, name, _oneTime[name]);

    /// <summary>The code that everybody's authenticator shows next; each is taken once, so time passes.</summary>
    public string NextCode()
    {
        Clock.Now += TimeSpan.FromSeconds(30);
        return Totp.Code(Secret, Totp.StepAt(Clock.Now));
    }

    public async Task<JsonNode> PostAsync(string name, string path, object body, int status)
    {
        using var answer = await (await BrowserAsync(name)).Client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        return await ServedScene.BodyAsync(answer, status);
    }

    /// <summary>What a person sees of a path of the API.</summary>
    public async Task<JsonNode> GetAsync(string name, string path, int status = 200)
    {
        using var answer = await (await BrowserAsync(name)).Client.GetAsync(new Uri(path, UriKind.Relative));
        return await ServedScene.BodyAsync(answer, status);
    }

    /// <summary>What stands, of a kind, on fridge 1 or its blood unit, as a request names it.</summary>
    public async Task<object[]> SeenAsync(string kind, string name = "badr") =>
    [
        .. (await GetAsync(name, "/api/v1/holds?unit=fridge-1")).AsArray()
            .Where(hold => (string)hold!["kind"]! == kind && (string)hold["state"]! != "decided")
            .Select(hold => new { id = (long)hold!["id"]!, version = (int)hold["version"]! }),
    ];

    public async Task<string> IssueCheckAsync(string donation = Donation) => (string)(await Api.GetAsync($"/api/v1/issue-check?donation={donation}&product=RBC"))["answer"]!;

    /// <summary>Everything up to where one could sign: steps, cause, assessment by quality, and a technician's proposal to release both.</summary>
    public async Task PrepareReleaseAsync(string proposer = "tariq")
    {
        await PostAsync("tariq", "/api/v1/findings/1/case", new { kind = "step", word = "door-closed" }, 201);
        await PostAsync("tariq", "/api/v1/findings/1/case", new { kind = "cause", word = "door-open" }, 201);
        await PostAsync("amina", "/api/v1/findings/1/case", new { kind = "assessment", note = "Half an hour at 9 °C: within the service's own allowance." }, 201);
        object[] both = [.. await SeenAsync("storage-unit", proposer), .. await SeenAsync("blood-unit", proposer)];
        await PostAsync(proposer, "/api/v1/holds/proposals", new { kind = "release", reason = "Short, and it stayed below 10 °C.", holds = both }, 200);
    }

    /// <summary>Delivers a reading that the device had kept, and waits until it is judged and added up.</summary>
    public async Task DeliverLateAsync(string probe, string time, string celsius)
    {
        ProbeId.TryParse(probe, out var id).Should().BeTrue();
        Celsius.TryParse(celsius, out var value).Should().BeTrue();
        var view = new FleetView();
        await new FleetLoader(Store, view, _scene.Packs, Clock).LoadAsync(_scene.FleetFile, CancellationToken.None);
        var pack = new Pack(id.Device, LateEpoch, [new Reading { Key = new ReadingKey(id.Device, LateEpoch, 1), Probe = id, MeasuredAt = Scene.At(time), Value = value }]);
        var bytes = PackCodec.Encode(pack);
        await Store.WriteAsync(
            WritePriority.Reading,
            transaction => new PackIntake(view).Store(transaction, new Arrival(new Inbound(id.Device, UpKind.Backfill, bytes, Clock.Now), pack, [], System.Security.Cryptography.SHA256.HashData(bytes))),
            CancellationToken.None);
        await JudgedAsync();
    }

    /// <summary>Waits until nothing is left to judge or to add up.</summary>
    public Task JudgedAsync() => Eventually.HoldsAsync(
        () => Task.FromResult(Store.Read(session => MarkStore.Pending(session).Count + ExposureMarkStore.Pending(session, max: 1).Count) == 0));

    public List<EventRow> Events(string kind) => Store.Read(session => EventLog.Read(session, 0, 10_000)).FindAll(row => row.Kind == kind);

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers.Values)
        {
            browser.Dispose();
        }

        await _server.DisposeAsync();
        await _scene.DisposeAsync();
    }
}
