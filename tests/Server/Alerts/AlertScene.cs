using System.Collections.Concurrent;
using ColdChain.Core.Alerting;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Alerts;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Simulation.Tests.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Alerts;

/// <summary>
/// A real record store with sites, fridges and people, and the real services of alerts, which run when the test says so, under a clock that it moves. What
/// channels get is kept.
/// </summary>
internal sealed class AlertScene : IAsyncDisposable
{
    private readonly MemoryDisk _disk = new("alerts"); // No sync of a disk for each of thousands of commits.
    private readonly List<ChannelWorker> _workers;
    private LadderService _ladder;

    private AlertScene(AlertOptions options, IReadOnlyList<IAlertChannel> channels, int sites, int fridges)
    {
        Store = RecordStore.Open(new MemoryStore(_disk, new UnseenStatements(), () => new string('5', 32)), Clock);
        Options = options;
        Fleet.Current = FleetOf(sites, fridges);
        Keeper = NewKeeper();
        _ladder = NewLadder();
        _workers = [.. channels.Select(channel => new ChannelWorker(Store, channel, new MessageWriter(Fleet, options), Clock, NullLogger.Instance) { AtOnce = 1000 })];
    }

    public FixedClock Clock { get; } = new(Scene.At("20:00"));

    public RecordStore Store { get; }

    public FleetView Fleet { get; } = new();

    public AlertOptions Options { get; }

    public IncidentKeeper Keeper { get; private set; }

    public Acknowledging Acknowledging => new(Fleet, Options);

    /// <summary>A scene whose channels take everything.</summary>
    public static async Task<AlertScene> OpenAsync(int sites = 1, int fridges = 2, Func<AlertOptions, AlertOptions>? change = null, params IAlertChannel[] channels)
    {
        var usual = new AlertOptions
        {
            Address = new Uri("https://coldchain.example"),
            Smtp = new SmtpOptions("nowhere.invalid", 25, "coldchain@hospital.example", Tls: false, null, null),
            Sms = new GatewayOptions(new Uri("https://nowhere.invalid"), GatewayOptions.UsualBody, null),
            Voice = new GatewayOptions(new Uri("https://nowhere.invalid"), GatewayOptions.UsualBody, null),
        };
        var scene = new AlertScene(change?.Invoke(usual) ?? usual, channels, sites, fridges);
        await scene.WorkAsync(); // What comes after this is news.
        return scene;
    }

    /// <summary>A person who may acknowledge everywhere, or somewhere, and is reached.</summary>
    public Task<AccountRow> AddAsync(string name, Duty? duty = null, Scope? where = null, Contact? contact = null, Role role = Role.Technician) => Store.WriteAsync(
        WritePriority.Decision,
        transaction =>
        {
            var account = AccountStore.Insert(transaction, new AccountRow(0, name, name, "en", "", MustChange: false, Clock.Now, null));
            AccountStore.AddGrant(transaction, account.Id, new Grant(role, where ?? Scope.Nation));
            ContactStore.Save(transaction, account.Id, contact ?? new Contact($"{name}@hospital.example", $"+2126{account.Id:00000000}"));
            if (duty is { } known)
            {
                OnCallStore.Insert(transaction, new OnCallSlot(0, where ?? Scope.Nation, account.Id, name, known, Clock.Now, Clock.Now + TimeSpan.FromDays(30), "person:test"), Clock.Now);
            }

            return account;
        },
        CancellationToken.None);

    /// <summary>Tells what happened, as other slices do.</summary>
    public Task<long> HappenAsync(string kind, string? unit, string subject, object payload) =>
        Store.WriteAsync(WritePriority.Decision, transaction => EventLog.Append(transaction, Clock.Now, kind, unit is null ? null : new StorageUnitId(unit), subject, payload), CancellationToken.None);

    /// <summary>Power is lost at a storage unit: a warning.</summary>
    public Task LosePowerAsync(string unit, long condition, bool isOver = false) => HappenAsync(
        isOver ? EventKinds.ConditionClosed : EventKinds.ConditionOpened,
        unit,
        "pi/mains",
        new { condition, kind = "mains-lost", start = $"{Clock.Now}", raisedAt = $"{Clock.Now}", end = isOver ? $"{Clock.Now}" : null, foundLate = false });

    /// <summary>A blood unit had left before it was known: critical, and over at once.</summary>
    public Task LookBackAsync(string unit) => HappenAsync(EventKinds.LookbackRequired, unit, "1", new { finding = 1, version = 1 });

    /// <summary>The server hears nobody: critical, for as long as it lasts.</summary>
    public Task DeafenAsync() => HappenAsync(EventKinds.ServerDeaf, null, "", new { });

    /// <summary>The time passes at once, and everybody does what is due then.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.Now += time;
        await WorkAsync();
    }

    /// <summary>Everybody does what is due now.</summary>
    public async Task WorkAsync()
    {
        await Keeper.CatchUpAsync(CancellationToken.None);
        await _ladder.LookAsync(CancellationToken.None);
        foreach (var worker in _workers)
        {
            while (await worker.WorkAsync(CancellationToken.None))
            {
            }
        }
    }

    /// <summary>What remembers something beside the store is made anew, as by a start of the server.</summary>
    public void Restart()
    {
        _ladder.Dispose();
        _ladder = NewLadder();
        Keeper.Dispose();
        Keeper = NewKeeper();
    }

    public Task<IncidentRow> AcknowledgeAsync(long incident, AccountRow by) => Store.WriteAsync(
        WritePriority.Decision,
        transaction => Acknowledging.Take(transaction, incident, new Saying(by, "I go and look", AcknowledgedBy.Page), Clock.Now),
        CancellationToken.None,
        Actor.Person(by.Name, null));

    public List<IncidentRow> Open() => Store.Read(IncidentStore.NotClosed);

    public List<NotificationRow> Decisions(long incident) => Store.Read(session => NotificationStore.OfIncident(session, incident, 10_000));

    public List<EventRow> Events(string kind) => Store.Read(session => EventLog.Read(session, 0, 100_000)).FindAll(row => row.Kind == kind);

    public async ValueTask DisposeAsync()
    {
        _ladder.Dispose();
        Keeper.Dispose();
        await Store.DisposeAsync();
        _disk.Dispose();
    }

    private IncidentKeeper NewKeeper() => new(Store, Fleet, Options, Clock, NullLogger<IncidentKeeper>.Instance);

    private LadderService NewLadder() => new(Store, Fleet, Options, Clock, NullLogger<LadderService>.Instance);

    private static FleetHistory FleetOf(int sites, int fridges)
    {
        var places = Enumerable.Range(1, sites).Select(site => new Site($"site-{site}", $"Site {site}", TimeZoneInfo.Utc)).ToList();
        var units = places.SelectMany(site => Enumerable.Range(1, fridges).Select(number =>
        {
            var id = $"{site.Id}-fridge-{number}";
            var probe = new FleetProbe(new ProbeId(new DeviceId($"pi-{id}"), "load"), ProbeRole.Load, 0);
            return new StorageUnit(new StorageUnitId(id), $"Fridge {number}", site.Id, StorageUnitKind.Refrigerator, [new UnitPeriod(Scene.At("00:00"), Instant.End, "eu-edqm", ["RBC"], StorageContext.Storage, [probe])]);
        })).ToList();
        return new FleetHistory(places, [.. units.Select(unit => new Device(unit.History[0].Probes[0].Id.Device, unit.Site, IsForeign: false))], units, []);
    }
}

/// <summary>A channel that keeps what it gets, and does with it what the test says.</summary>
/// <param name="kind">Which one it stands for.</param>
/// <param name="behave">What comes of a message; everything is taken unless given.</param>
internal sealed class KeptChannel(AlertChannel kind, Func<AlertMessage, (bool IsDelivered, Func<ChannelAnswer> Answer)>? behave = null) : IAlertChannel
{
    private readonly ConcurrentQueue<AlertMessage> _delivered = new();

    public AlertChannel Kind => kind;

    /// <summary>What has reached its person, in order.</summary>
    public IReadOnlyList<AlertMessage> Delivered => [.. _delivered];

    public Task<ChannelAnswer> SendAsync(AlertMessage message, CancellationToken cancellation)
    {
        var (isDelivered, answer) = behave?.Invoke(message) ?? (true, () => new ChannelAnswer(SendOutcome.Accepted, "taken"));
        if (isDelivered)
        {
            _delivered.Enqueue(message);
        }

        return Task.FromResult(answer());
    }
}
