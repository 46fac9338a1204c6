using ColdChain.Core.Alerting;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.People;
using ColdChain.Server.Reports;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Quarantine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Reports.Desk;

/// <summary>The desk over a real store after the excursion of fridge 1, with people who have a password and a second factor each.</summary>
internal sealed class DeskScene : IAsyncDisposable
{
    public const string Password = "a horse eats hay";

    private static readonly byte[] Secret = [.. Enumerable.Range(1, Totp.SecretLength).Select(number => (byte)number)];

    // Few rounds: what is tested is who is asked, and not how slow it is.
    private static readonly string Hash = Passwords.HashOneTime(Password);

    private readonly FleetView _fleet = new();

    private DeskScene(Scene scene)
    {
        Scene = scene;
        _fleet.Current = scene.Fleet;
        var factor = new SecondFactor(scene.Store, new SignInThrottle(scene.Clock), scene.Clock);
        Tasks = new ReportTasks(_fleet, new ReportOptions(), scene.Clock);
        Drafts = new ReportDrafts(Reports.Make, scene.Clock, NullLogger<ReportDrafts>.Instance);
        Desk = new ReportDesk(scene.Store, _fleet, Drafts, (account, proof) =>
        {
            var check = factor.CheckBoth(account, proof.Password, proof.Code);
            return new SignatureAnswer(check.Fault, transaction => SecondFactor.RequireBoth(transaction, account, check));
        }, scene.Clock);
    }

    public Scene Scene { get; }

    /// <summary>The fleet as the desk and the watch see it.</summary>
    public FleetHistory Fleet
    {
        get => _fleet.Current;
        set => _fleet.Current = value;
    }

    public MadeReports Reports { get; } = new() { ["EX-1"] = MadeReports.Excursion() };

    /// <summary>Those of long reports are made once a test has started this.</summary>
    public ReportDrafts Drafts { get; }

    public ReportDesk Desk { get; }

    public ReportTasks Tasks { get; }

    public RecordStore Store => Scene.Store;

    public static ReportNumber Ex1 => ReportNumber.Excursion(1);

    /// <summary>The scene with a technician (tariq), two people of quality (amina, badr) and an administrator (zineb), one of quality elsewhere (omar), and one without a second factor (salma).</summary>
    public static async Task<DeskScene> OpenAsync(Scene? scene = null)
    {
        var desk = new DeskScene(scene ?? await StaffedScene.AfterAnExcursionAsync());
        await desk.AddAsync("tariq", Role.Technician, Scope.Site("rabat"));
        await desk.AddAsync("amina", Role.Quality, Scope.Site("rabat"));
        await desk.AddAsync("badr", Role.Quality, Scope.Nation);
        await desk.AddAsync("zineb", Role.Admin, Scope.Nation);
        await desk.AddAsync("omar", Role.Quality, Scope.Site("elsewhere"));
        await desk.AddAsync("salma", Role.Quality, Scope.Nation, secret: null);
        return desk;
    }

    /// <summary>A watch as a start of the program makes one.</summary>
    public ReportWatch Watch(ILogger<ReportWatch>? log = null) => new(Store, _fleet, Reports.Make, Drafts, Scene.Clock, log ?? NullLogger<ReportWatch>.Instance);

    public Caller Caller(string name) => Store.Read(session => new Caller(Actor.Person(name, from: null), Rights.Of(AccountStore.Grants(session, AccountStore.Find(session, name)!.Id)))
    {
        Account = AccountStore.Find(session, name),
    });

    /// <summary>The password with the code that everybody's authenticator shows next; each is taken once, so time passes.</summary>
    public SignatureProof Proof(string password = Password)
    {
        Scene.Clock.Now += TimeSpan.FromSeconds(30);
        return new SignatureProof(password, Totp.Code(Secret, Totp.StepAt(Scene.Clock.Now)));
    }

    public Task<ReportRow> PrepareAsync(string name, string number = "EX-1", SignatureProof? proof = null) =>
        Desk.PrepareAsync(Caller(name), ReportNumber.TryParse(number, out var parsed) ? parsed : throw new FormatException(number), Reports.HashOf(number), proof ?? Proof(), CancellationToken.None);

    public Task<ReportRow> SignAsync(string name, ReportRow seen, SignatureMeaning meaning, SignatureProof? proof = null) => Desk.SignAsync(
        Caller(name), new SeenReport(ReportNumber.TryParse(seen.Number, out var number) ? number : throw new FormatException(seen.Number), seen.Revision, seen.Sha256), meaning, proof ?? Proof(), CancellationToken.None);

    public IReadOnlyList<ReportRevision> Revisions(string number = "EX-1") => Store.Read(session => ReportStore.Revisions(session, number).ConvertAll(row => ReportRevision.Read(session, row)));

    public List<EventRow> Events(string kind) => Store.Read(session => EventLog.Read(session, 0, 10_000)).FindAll(row => row.Kind == kind);

    /// <summary>Something happens at fridge 1.</summary>
    public Task HappensAsync(object payload, string unit = "fridge-1", string kind = EventKinds.CaseEntered) =>
        Scene.Write(transaction => EventLog.Append(transaction, Scene.Clock.Now, kind, new StorageUnitId(unit), "test", payload));

    /// <summary>An incident that the excursion belongs to.</summary>
    public Task<IncidentRow> OpenIncidentAsync() => OpenIncidentAsync(Store, Scene.Clock.Now);

    /// <inheritdoc cref="OpenIncidentAsync()"/>
    public static Task<IncidentRow> OpenIncidentAsync(RecordStore store, Instant now) => store.WriteAsync(
        WritePriority.Decision,
        transaction =>
        {
            var unit = new StorageUnitId("fridge-1");
            Cause.TryParse("unit:fridge-1", out var cause).Should().BeTrue();
            var row = IncidentStore.Insert(transaction, new IncidentRow { Cause = cause, Site = "rabat", Unit = unit, OpenedAt = now, Since = now, State = IncidentState.Open(Severity.Critical, wakes: false, now) });
            IncidentStore.AddMember(transaction, new IncidentMember(row.Id, "finding:1", GoesOn: true, Severity.Critical, unit, now, now, 0));
            return row;
        },
        CancellationToken.None);

    /// <summary>Stores where an incident stands.</summary>
    public static Task MoveAsync(RecordStore store, IncidentRow row, IncidentState state, Instant now) =>
        store.WriteAsync(WritePriority.Decision, transaction => IncidentStore.Save(transaction, row with { State = state }, now), CancellationToken.None);

    /// <summary>Somebody who can write to the file has a report say something else, past the program.</summary>
    public static Task ForgeAsync(RecordStore store) => store.WriteAsync(
        WritePriority.Decision,
        transaction =>
        {
            transaction.Execute("DROP TRIGGER report_revisions_keep");
            transaction.Execute("""UPDATE report_revisions SET content = CAST(replace(CAST(content AS TEXT), '"version":1', '"version":7') AS BLOB)""").Should().Be(1);
        },
        CancellationToken.None);

    /// <summary>A revision that another version of the program wrote in its own form.</summary>
    public static Task<ReportRow> AppendOtherFormAsync(RecordStore store, Instant now, string number = "EX-1") => store.WriteAsync(
        WritePriority.Decision,
        transaction =>
        {
            var row = new ReportRow(0, number, 0, "rabat", new("fridge-1"), number == "EX-1" ? 1 : null, ReportJson.HashOf(OtherForm), now) { Form = ReportContent.CurrentForm + 1 };
            row = ReportStore.Append(transaction, row, OtherForm);
            ReportStore.Sign(transaction, new ReportSignatureRow(row.Id, SignatureMeaning.Prepared, "tariq", "Tariq B.", now, "UTC", "I prepared it.", row.Sha256));
            return row;
        },
        CancellationToken.None);

    /// <summary>What such a revision says.</summary>
    public static byte[] OtherForm { get; } = System.Text.Encoding.UTF8.GetBytes($$"""{"form":{{ReportContent.CurrentForm + 1}},"whatever":1}""");

    public async ValueTask DisposeAsync()
    {
        using (Drafts)
        {
            await Drafts.StopAsync(CancellationToken.None);
        }

        await Scene.DisposeAsync();
    }

    private async Task AddAsync(string name, Role role, Scope where, byte[]? secret)
    {
        var accounts = new Accounts(Store, Scene.Clock);
        await accounts.AddAsync(name, $"{char.ToUpperInvariant(name[0])}{name[1..]} B.", "en", Actor.Person("test", from: null), CancellationToken.None);
        await accounts.GrantAsync(name, new Grant(role, where), Actor.Person("test", from: null), CancellationToken.None);
        await Scene.Write(transaction => AccountStore.Save(transaction, AccountStore.Find(transaction, name)! with { TotpSecret = secret, Password = Hash, MustChange = false }));
    }

    private Task AddAsync(string name, Role role, Scope where) => AddAsync(name, role, where, Secret);
}
