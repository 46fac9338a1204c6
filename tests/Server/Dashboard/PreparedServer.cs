using System.Net;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared.Prepared;
using Microsoft.Extensions.Logging;

namespace ColdChain.Server.Tests.Dashboard;

/// <summary>A real server on free ports over a store that holds the last day of some units, judged up to now.</summary>
internal sealed class PreparedServer : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly ServerApp _app;

    private PreparedServer(TempFolder folder, ServerApp app, Instant start)
    {
        (_folder, _app, Start) = (folder, app, start);
        Client = new HttpClient { BaseAddress = app.Address, DefaultRequestHeaders = { Authorization = new("Bearer", app.Token.Value) } };
    }

    /// <summary>Brings the token of the data folder.</summary>
    public HttpClient Client { get; }

    public ServerApp App => _app;

    public RecordStore Store => _app.Store;

    /// <summary>The "now" of the measurements.</summary>
    public Instant Start { get; }

    public static async Task<PreparedServer> StartAsync(params IReadOnlyList<PreparedUnit> units)
    {
        var (folder, now) = (new TempFolder(), Instant.Now(TimeProvider.System));
        var fleet = await PreparedData.WriteAsync(folder.File(""), units, now);
        var options = new ServerOptions
        {
            DataFolder = folder.File(""),
            FleetFile = fleet,
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Mqtt = new IPEndPoint(IPAddress.Loopback, 0),
        };
        var app = await ServerApp.StartAsync(options, TimeProvider.System, logging => logging.SetMinimumLevel(LogLevel.Warning), CancellationToken.None);
        var server = new PreparedServer(folder, app, now);
        await server.JudgedAsync();
        return server;
    }

    /// <summary>Adds a measurement of a unit, as ingest would.</summary>
    public async Task MeasureAsync(PreparedUnit unit, string celsius)
    {
        Celsius.TryParse(celsius, out var value).Should().BeTrue();
        await Store.WriteAsync(WritePriority.Reading, transaction => PreparedData.Append(transaction, unit, [("load", Instant.Now(TimeProvider.System), value)]), CancellationToken.None);
        await JudgedAsync();
    }

    /// <summary>Some units' devices, or a whole site, fall silent since their last measurement.</summary>
    public Task SilenceAsync(string? site, params PreparedUnit[] units) => Store.WriteAsync(
        WritePriority.Decision,
        transaction =>
        {
            var lastWords = StreamStore.LastReceived(transaction);
            var since = units.Max(unit => lastWords[new DeviceId(unit.Device)]);
            if (site is not null)
            {
                SilenceStore.Save(transaction, new SilenceRow(SilenceScope.Site, site, site, since, Start, SilenceTold.Itself, null));
            }

            foreach (var unit in units)
            {
                var told = site is null ? SilenceTold.Itself : SilenceTold.WithSite;
                SilenceStore.Save(transaction, new SilenceRow(SilenceScope.Device, unit.Device, unit.Site, lastWords[new DeviceId(unit.Device)], Start, told, null));
            }
        },
        CancellationToken.None);

    public async Task<string> PageAsync(string path)
    {
        var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Waits until nothing is left to judge.</summary>
    private async Task JudgedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (Store.Read(session => MarkStore.Pending(session).Count + ExposureMarkStore.Pending(session, max: 1).Count) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }
}
