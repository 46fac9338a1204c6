using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.People;
using ColdChain.Server.Reports;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Quarantine;
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
        Desk = new ReportDesk(scene.Store, _fleet, Reports.Make, (account, proof) =>
        {
            var check = factor.CheckPassword(account, proof.Password);
            return new SignatureAnswer(check.Fault, transaction => factor.RequireBoth(transaction, account, check, proof.Code));
        }, scene.Clock);
    }

    public Scene Scene { get; }

    public MadeReports Reports { get; } = new() { ["EX-1"] = MadeReports.Excursion() };

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
    public ReportWatch Watch() => new(Store, _fleet, Reports.Make, Scene.Clock, NullLogger<ReportWatch>.Instance);

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

    public ValueTask DisposeAsync() => Scene.DisposeAsync();

    private async Task AddAsync(string name, Role role, Scope where, byte[]? secret)
    {
        var accounts = new Accounts(Store, Scene.Clock);
        await accounts.AddAsync(name, $"{char.ToUpperInvariant(name[0])}{name[1..]} B.", "en", Actor.Person("test", from: null), CancellationToken.None);
        await accounts.GrantAsync(name, new Grant(role, where), Actor.Person("test", from: null), CancellationToken.None);
        await Scene.Write(transaction => AccountStore.Save(transaction, AccountStore.Find(transaction, name)! with { TotpSecret = secret, Password = Hash, MustChange = false }));
    }

    private Task AddAsync(string name, Role role, Scope where) => AddAsync(name, role, where, Secret);
}
