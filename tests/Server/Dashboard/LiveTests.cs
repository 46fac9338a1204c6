using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Html;
using ColdChain.Server.Dashboard.Live;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Tests.Shared.Prepared;

namespace ColdChain.Server.Tests.Dashboard;

public sealed class LiveTests
{
    [Fact]
    public async Task Stream_AtFirst_TellsThePresentOfEveryUnit()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine, PreparedFleet.Out);
        await using var stream = await LiveStream.OpenAsync(server.Client);

        var first = await stream.NextAsync("units");

        first.GetProperty("units").EnumerateArray().Select(unit => unit.GetProperty("id").GetString()).Should().Equal("frigo-2", "frigo-1");
    }

    [Fact]
    public async Task Stream_AfterAReading_TellsTheChangeWithItsTile()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine, PreparedFleet.Near);
        await using var stream = await LiveStream.OpenAsync(server.Client);
        await stream.NextAsync("units");

        await server.MeasureAsync(PreparedFleet.Fine, "7.25");

        var changed = await stream.UnitAsync("frigo-1", unit => unit.GetProperty("state").GetString() == "out-of-range");
        changed.GetProperty("celsius").GetDecimal().Should().Be(7.25m);
        changed.GetProperty("holds").GetInt32().Should().Be(10, "the unit and its nine blood units");
        changed.GetProperty("html").GetString().Should().Contain("data-state=\"out-of-range\"").And.Contain("7,3");
    }

    [Fact]
    public async Task Stream_WhenASiteFallsSilent_TellsTheNotice()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine);
        await using var stream = await LiveStream.OpenAsync(server.Client);
        (await stream.NextAsync("units")).GetProperty("notices").GetString().Should().NotContain("data-silent", "nobody is silent at first");

        await server.SilenceAsync(PreparedFleet.Fine.Site, PreparedFleet.Fine);

        string? notices = null;
        while (notices is null)
        {
            notices = (await stream.NextAsync("units")).GetProperty("notices").GetString();
        }

        WebUtility.HtmlDecode(notices).Should().Contain("data-silent=\"site\"").And.Contain("aucun boîtier du site");
    }

    [Fact]
    public async Task Stream_WhereNothingChanges_TellsThatTheServerHasLooked()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine);
        await using var stream = await LiveStream.OpenAsync(server.Client);

        var looked = await stream.NextAsync("checked");

        looked.GetProperty("now").GetInt64().Should().BeGreaterThan(server.Start.Milliseconds);
    }

    [Fact]
    public async Task Server_WithAnOpenStream_Stops()
    {
        var server = await PreparedServer.StartAsync(PreparedFleet.Fine);
        await using var stream = await LiveStream.OpenAsync(server.Client);
        await stream.NextAsync("units");

        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Client_ThatDoesNotRead_IsDroppedAfterABoundedQueue()
    {
        var frame = new PageFrame { Texts = Texts.All[0], Now = new Instant(0), Zone = TimeZoneInfo.Utc, Path = "/", Notices = [], Asset = name => name };
        var client = new LiveClient(frame, Sight.Of(null, FleetHistory.Empty), () => true);

        for (var sent = 0; sent < 1000 && !client.IsDropped; sent++)
        {
            client.Send(LiveMessages.Checked(new Instant(sent)));
        }

        client.IsDropped.Should().BeTrue();
        var queued = 0;
        await foreach (var message in client.Messages(CancellationToken.None))
        {
            message.EventType.Should().Be(LiveMessages.CheckedEvent);
            queued++;
        }

        queued.Should().BeInRange(1, 100);
    }

    /// <summary>A browser's end of the stream.</summary>
    private sealed class LiveStream(Stream body) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(1));
        private IAsyncEnumerator<SseItem<string>>? _items;

        public static async Task<LiveStream> OpenAsync(HttpClient client) => new(await client.GetStreamAsync(new Uri("/live?lang=fr", UriKind.Relative)));

        public async Task<JsonElement> NextAsync(string kind)
        {
            _items ??= SseParser.Create(body).EnumerateAsync(_patience.Token).GetAsyncEnumerator();
            while (await _items.MoveNextAsync())
            {
                if (_items.Current.EventType == kind)
                {
                    using var message = JsonDocument.Parse(_items.Current.Data);
                    return message.RootElement.Clone();
                }
            }

            throw new InvalidOperationException($"The stream ended before an event '{kind}'.");
        }

        /// <summary>The next word on a unit that meets a condition.</summary>
        public async Task<JsonElement> UnitAsync(string id, Func<JsonElement, bool> condition)
        {
            while (true)
            {
                var units = (await NextAsync("units")).GetProperty("units").EnumerateArray();
                if (units.FirstOrDefault(unit => unit.GetProperty("id").GetString() == id && condition(unit)) is { ValueKind: JsonValueKind.Object } found)
                {
                    return found;
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await body.DisposeAsync();
            _patience.Dispose();
        }
    }
}
