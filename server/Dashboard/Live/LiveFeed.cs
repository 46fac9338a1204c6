using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard.Live;

/// <summary>
/// Tells open pages what has changed, at most once a second, and every ten seconds that it has looked even if nothing has. It looks only
/// when the store has committed something; what is compared is what a tile would show, so that no change can be missed by looking for
/// the wrong event.
/// </summary>
internal sealed class LiveFeed(
    RecordStore store, TileReader tiles, NoticeReader notices, DashboardPages pages, FleetView fleet, TimeProvider clock, ILogger<LiveFeed> logger) : BackgroundService
{
    public const int ClientsMax = 500;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SendAtMostEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CheckedEvery = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<LiveClient, bool> _clients = new();
    private Dictionary<string, TileView> _shown = [];
    private IReadOnlyList<NoticeView> _noticed = [];
    private long _commits = -1;
    private Instant _sentAt = Instant.Beginning;

    /// <summary>Adds a page. Its first message is the present of every storage unit that its caller sees; null when there are too many.</summary>
    public async Task<LiveClient?> TryJoinAsync(PageFrame frame, Caller caller)
    {
        if (_clients.Count >= ClientsMax)
        {
            return null;
        }

        // It listens before the present is read: what changes meanwhile comes twice rather than never.
        var client = new LiveClient(frame, Sight.Of(caller, fleet.Current), caller.IsStillIn);
        _clients.TryAdd(client, true);
        client.Send(LiveMessages.Units(frame.Now, await RenderAsync([.. tiles.Read(frame.Now).Where(client.Sight.Sees)], frame), await pages.NoticesAsync(frame)));
        return client;
    }

    public void Leave(LiveClient client) => _clients.TryRemove(client, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(Instant.Now(clock));
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Nothing is sent, so the pages cover themselves: that is what they should do when the store cannot be read.
                logger.LogError(error, "The pages could not be told what changed; it is tried again");
            }
        }
    }

    private async Task LookAsync(Instant now)
    {
        var commits = store.Health.Commits;
        var isOverdue = now - _sentAt >= CheckedEvery;
        if (_clients.IsEmpty || (!isOverdue && (commits == _commits || now - _sentAt < SendAtMostEvery)))
        {
            return;
        }

        var present = tiles.Read(now);
        var changed = present.Where(tile => _shown.GetValueOrDefault(tile.Id) != tile).ToList();
        var noticed = notices.Read();
        var isNoticed = !noticed.SequenceEqual(_noticed);
        if (changed.Count > 0 || isNoticed)
        {
            await SendAsync(changed, isNoticed ? noticed : null, now);
        }
        else if (isOverdue)
        {
            SendToAll(_clients.Keys, LiveMessages.Checked(now), now);
        }

        (_shown, _noticed, _commits) = (present.ToDictionary(tile => tile.Id), noticed, commits);
    }

    private async Task SendAsync(List<TileView> changed, IReadOnlyList<NoticeView>? noticed, Instant now)
    {
        // Pages of one language share the rendered tiles.
        foreach (var group in _clients.Keys.GroupBy(client => client.Frame.Texts))
        {
            var frame = group.First().Frame with { Now = now };
            var rendered = (await RenderAsync(changed, frame)).ToList();
            foreach (var alike in group.GroupBy(client => client.Sight.Key))
            {
                var sight = alike.First().Sight;
                var told = noticed is null ? null : await pages.NoticesAsync(frame with { Notices = [.. noticed.Where(sight.Concerns)] });
                SendToAll(alike, LiveMessages.Units(now, rendered.Where(one => sight.Sees(one.Tile)), told), now);
            }
        }
    }

    private void SendToAll(IEnumerable<LiveClient> clients, SseItem<string> message, Instant now)
    {
        foreach (var client in clients)
        {
            if (!client.IsStillIn)
            {
                client.Close();
                Leave(client);
                continue;
            }

            client.Send(message);
            if (client.IsDropped)
            {
                Leave(client);
                logger.LogInformation("A page that did not read its stream was dropped; it may come back");
            }
        }

        _sentAt = now;
    }

    private async Task<IEnumerable<(TileView Tile, string Html)>> RenderAsync(IReadOnlyList<TileView> changed, PageFrame frame) =>
        changed.Zip(await pages.TilesAsync(changed, frame));
}
