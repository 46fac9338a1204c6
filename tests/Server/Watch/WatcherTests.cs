using System.Text.Json.Nodes;
using ColdChain.Core.Alerting;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Outbound;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Store;
using ColdChain.Server.Watch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Watch;

/// <summary>Who watches the watcher: another process, which looks at a real server and calls by ways of its own.</summary>
public sealed class WatcherTests : IAsyncLifetime
{
    private static readonly Actor By = Actor.Person("test", from: null);

    private readonly TempFolder _folder = new();
    private readonly FixedClock _clock = new(Scene.At("12:00"));
    private readonly ListVoice _voice = new();
    private Scene _scene = null!;
    private ServedScene _server = null!;
    private string _token = "";
    private Uri _address = null!;

    public async Task InitializeAsync()
    {
        _scene = await SceneFleet.AtNoonAsync();
        _server = await _scene.ServeAsync();
        _address = _server.App.Address;
        _token = (await _server.App.Tokens.MakeAsync("watcher", ["watch"], Scope.Nation, By, CancellationToken.None)).Secret!;
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _scene.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Server_ThatIsWell_IsNoNews()
    {
        using var look = Look(_server.App.Address);

        (await WatcherOf(look).LookAsync(CancellationToken.None)).Should().Be(Cry.None);

        _voice.Said.Should().BeEmpty();
        var head = JsonNode.Parse(await File.ReadAllTextAsync(StateFile))!["head"]!.GetValue<string>();
        var events = _server.App.Store.Read(session => EventLog.Chained(session).Select(told => $"{told.Id}:{Convert.ToHexStringLower(told.Hash!)}").ToList());
        events.TakeLast(5).Should().Contain(head, "the server may have told something since");
    }

    [Fact]
    public async Task Server_ThatIsGone_IsToldAfterThreeMinutes_EachQuarter_AndItsReturnOnce()
    {
        var address = _server.App.Address;
        using var look = Look(address);
        var watcher = WatcherOf(look);
        await watcher.LookAsync(CancellationToken.None);
        await _server.DisposeAsync();

        var cries = new List<Cry>();
        for (var minute = 0; minute <= 20; minute++)
        {
            cries.Add(await watcher.LookAsync(CancellationToken.None));
            _clock.Now += TimeSpan.FromMinutes(1);
        }

        cries.Where(cry => cry != Cry.None).Should().Equal(Cry.Alarm, Cry.Again);
        _voice.Said[0].Should().Contain($"{address} is not well since {Scene.At("12:00")}").And.Contain("It does not answer");
        using var elsewhere = Look(address);
        (await WatcherOf(elsewhere).LookAsync(CancellationToken.None)).Should().Be(Cry.None, "after a start it goes on where it was, and has told it five minutes ago");

        _scene.Clock.Now = _clock.Now;
        _server = await _scene.ServeAsync();
        using var back = Look(_server.App.Address);
        await Eventually.HoldsAsync(async () => await WatcherOf(back).LookAsync(CancellationToken.None) == Cry.Over);
        _voice.Said[^1].Should().Contain("is well again");
    }

    [Fact]
    public async Task Way_ThatDoesNotWork_IsTriedAgainAtEachLook()
    {
        using var look = Look(new Uri($"http://127.0.0.1:{ColdChain.Tests.Shared.FreePort.Take()}/"));
        var watcher = WatcherOf(look, lateAfter: TimeSpan.FromSeconds(-1));
        _voice.Failure = "no line";
        await watcher.LookAsync(CancellationToken.None);
        await watcher.LookAsync(CancellationToken.None);
        _voice.Failure = null;
        await watcher.LookAsync(CancellationToken.None);
        await watcher.LookAsync(CancellationToken.None);

        (_voice.Tried, _voice.Said.Count).Should().Be((3, 1));
    }

    [Theory]
    [InlineData("""{"status":"ok","at":"2026-11-22T11:58:59.999Z","storeId":"s","head":"9:0a","checks":[]}""", "Its clock says 2026-11-22T11:58:59.999Z*")]
    [InlineData("""{"status":"ok","at":"2026-11-22T12:00:00.000Z","storeId":"s","head":"4:0a","checks":[]}""", "Its audit trail ended at 5:0b and now ends at 4:0a*")]
    [InlineData("""{"status":"ok","at":"2026-11-22T12:00:00.000Z","storeId":"other","head":"9:0a","checks":[]}""", "Its record store is another one than before (s)*")]
    [InlineData("""{"status":"degraded","at":"2026-11-22T12:00:00.000Z","storeId":"s","head":"9:0a","checks":[{"name":"disk","reason":"The disk is full."}]}""", "The disk is full.")]
    [InlineData("<html>welcome</html>", "What answers there is no ColdChain server.")]
    [InlineData("{}", "What answers there is no ColdChain server.")]
    public async Task Answer_ThatIsNotGood_IsAFault(string answer, string fault)
    {
        await using var server = Answering(answer, StatusCodes.Status200OK);
        await server.StartAsync();
        using var look = Look(new Uri($"{server.Urls.First()}/"));

        (await look.LookAsync(new WatchState(null, null, "s", "5:0b"), CancellationToken.None)).Sight.Fault.Should().Match(fault);
    }

    [Fact]
    public async Task Answer_ThatIsGood_IsNone_AndOneForAnotherTokenIs()
    {
        await using var server = Answering("""{"status":"ok","at":"2026-11-22T11:59:00.000Z","storeId":"s","head":"5:0b","checks":[{"name":"disk","reason":null}]}""", StatusCodes.Status200OK);
        await server.StartAsync();
        using var look = Look(new Uri($"{server.Urls.First()}/"));
        (await look.LookAsync(new WatchState(null, null, "s", "5:0b"), CancellationToken.None)).Sight.Fault.Should().BeNull();

        _token = "another";
        using var wrong = Look(_server.App.Address);
        (await wrong.LookAsync(null, CancellationToken.None)).Sight.Fault.Should().StartWith("It answered with status 401");
    }

    private string StateFile => _folder.File("watch-state.json");

    private ServerLook Look(Uri server) => new(server, _token, _clock);

    private Watcher WatcherOf(ServerLook look, TimeSpan? lateAfter = null)
    {
        var options = new WatchOptions
        {
            Server = _address, Token = _token, StateFile = StateFile, Called = new WatchCalled([], []), LateAfter = lateAfter ?? TimeSpan.FromMinutes(3),
        };
        return new Watcher(options, look, [_voice], new GuardedSender(OutboundOptions.PublicOnly), _clock, NullLogger<Watcher>.Instance);
    }

    private static WebApplication Answering(string answer, int status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(answer);
        });
        return server;
    }

    /// <summary>Somebody who is called, and may not be reached.</summary>
    private sealed class ListVoice : IWatchVoice
    {
        public string Name => "test";

        public string? Failure { get; set; }

        public int Tried { get; private set; }

        public List<string> Said { get; } = [];

        public Task<string?> SayAsync(string subject, string text, Instant at, CancellationToken cancellation)
        {
            Tried++;
            if (Failure is null)
            {
                Said.Add(text);
            }

            return Task.FromResult(Failure);
        }
    }
}
