using System.Net;
using ColdChain.Core.People;
using ColdChain.Server.People;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.People;

/// <summary>The people of a real record store, under a clock that the test moves.</summary>
internal sealed class PeopleScene : IAsyncDisposable
{
    public const string Password = "a horse eats hay";

    public static readonly Actor Boss = Actor.Person("boss", IPAddress.Parse("192.0.2.7"));
    public static readonly IPAddress Desk = IPAddress.Parse("192.0.2.10");

    private readonly OpenStore _store;

    public PeopleScene()
    {
        _store = new OpenStore(Clock);
        Throttle = new SignInThrottle(Clock);
        (Accounts, Tokens, Sessions) = (new Accounts(Store, Clock), new ApiTokens(Store, Clock), new Sessions(Store, Throttle, Clock));
    }

    public FixedClock Clock { get; } = new(Scene.At("08:00"));

    public RecordStore Store => _store.Store;

    public SignInThrottle Throttle { get; }

    public Accounts Accounts { get; }

    public ApiTokens Tokens { get; }

    public Sessions Sessions { get; }

    public AccountRow Account(string name) => Store.Read(session => AccountStore.Find(session, name))!;

    /// <summary>Adds an account with some grants and <see cref="Password"/>.</summary>
    public async Task AddAsync(string name, params Grant[] grants)
    {
        var oneTime = (await Accounts.AddAsync(name, name, "fr", Boss, CancellationToken.None)).Secret!;
        (await Accounts.ChangePasswordAsync(Account(name), oneTime, Password, Actor.Person(name, Desk), CancellationToken.None)).Fault.Should().BeNull();
        foreach (var grant in grants)
        {
            (await Accounts.GrantAsync(name, grant, Boss, CancellationToken.None)).Fault.Should().BeNull();
        }
    }

    public Task<SignInAnswer> SignInAsync(string name, string password = Password, IPAddress? from = null) => Sessions.SignInAsync(name, password, from ?? Desk, CancellationToken.None);

    public Task<ColdChain.Server.Fleet.Caller?> FindAsync(string? secret, bool isUse = true) => Sessions.FindAsync(secret!, Desk, isUse, CancellationToken.None);

    public List<EventRow> Events() => Store.Read(session => EventLog.Read(session, 0, 1000));

    public ValueTask DisposeAsync()
    {
        Sessions.Dispose();
        return _store.DisposeAsync();
    }
}
