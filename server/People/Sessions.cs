using System.Net;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.People;

/// <summary>What came of signing in.</summary>
/// <param name="Secret">What the browser brings from now on; null when the person is not in.</param>
/// <param name="Wait">How long to wait before the next attempt; zero when the name or password was wrong.</param>
internal readonly record struct SignInAnswer(string? Secret, TimeSpan Wait);

/// <summary>
/// Who is signed in. A session ends after a while without use, after a working day whatever happens, by signing out, and with every change of
/// the password or of the account. The store keeps only the hash of its secret.
/// </summary>
internal sealed class Sessions(RecordStore store, SignInThrottle throttle, TimeProvider clock) : IDisposable
{
    /// <summary>How long a session lasts without being used.</summary>
    public static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(15);

    /// <summary>How long it lasts at most.</summary>
    public static readonly TimeSpan LengthMax = TimeSpan.FromHours(12);

    // Use is noted no more often: a commit for every request would be a commit for nothing.
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    // A password costs a tenth of a second of a processor, on purpose: whoever sends thousands must not take them all from the judging.
    private readonly SemaphoreSlim _hashing = new(1);

    /// <summary>Signs in, unless name or password is wrong, the account is disabled, or it was tried too often.</summary>
    public async Task<SignInAnswer> SignInAsync(string name, string password, IPAddress? from, CancellationToken cancellation)
    {
        var (account, isIn, wait) = await CheckAsync(name, password, from, cancellation);
        if (account is null || !isIn)
        {
            if (account is not null && wait == TimeSpan.Zero)
            {
                await TellRefusedAsync(account, from, cancellation);
            }

            return new SignInAnswer(null, wait);
        }

        var (secret, now) = (SecretFile.NewSecret(), Instant.Now(clock));
        var isStored = await store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                // The account may have been disabled or reset since: whatever ended its sessions must not be followed by another one.
                if (AccountStore.Find(transaction, account.Id) is not { DisabledAt: null } current || current.Password != account.Password)
                {
                    return false;
                }

                SessionStore.EndOlder(transaction, now - LengthMax, now - IdleMax);
                SessionStore.Insert(transaction, new SessionRow(SecretFile.HashOf(secret), account.Id, now, now));
                EventLog.Append(transaction, now, EventKinds.SignedIn, null, Accounts.SubjectOf(account.Name), new { });
                return true;
            },
            cancellation,
            Actor.Person(account.Name, from));
        return new SignInAnswer(isStored ? secret : null, TimeSpan.Zero);
    }

    /// <summary>Who brings this secret; null when it is of no session, or of one that is over.</summary>
    /// <param name="secret">What the cookie holds.</param>
    /// <param name="from">The address it comes from.</param>
    /// <param name="isUse">True when a person asks; false for what an open page asks by itself, which keeps no session alive.</param>
    /// <param name="cancellation">Ends the waiting for the store.</param>
    public async Task<Caller?> FindAsync(string secret, IPAddress? from, bool isUse, CancellationToken cancellation)
    {
        var (hash, now) = (SecretFile.HashOf(secret), Instant.Now(clock));
        if (store.Read(session => Find(session, hash, now)) is not { } found)
        {
            return null;
        }

        if (isUse && now - found.Session.SeenAt >= SeenEvery)
        {
            await SeeAsync(hash, now, cancellation);
        }

        return new Caller(Actor.Person(found.Account.Name, from), found.Account.MustChange ? Rights.None : Rights.Of(found.Grants))
        {
            Account = found.Account,
            IsStillIn = () => store.Read(session => Find(session, hash, Instant.Now(clock))) is not null,
        };
    }

    /// <summary>Ends one session.</summary>
    public Task SignOutAsync(string secret, Caller caller, CancellationToken cancellation) => store.WriteAsync(
        WritePriority.Decision,
        transaction =>
        {
            SessionStore.End(transaction, SecretFile.HashOf(secret));
            EventLog.Append(transaction, Instant.Now(clock), EventKinds.SignedOut, null, caller.Actor.Name, new { });
        },
        cancellation,
        caller.Actor);

    public void Dispose() => _hashing.Dispose();

    private static (SessionRow Session, AccountRow Account, IReadOnlyList<Grant> Grants)? Find(StoreSession session, byte[] hash, Instant now) =>
        SessionStore.Find(session, hash) is { } row && now - row.StartedAt < LengthMax && now - row.SeenAt < IdleMax
        && AccountStore.Find(session, row.Account) is { DisabledAt: null } account
            ? (row, account, AccountStore.Grants(session, account.Id))
            : null;

    // One after the other, the count included: guesses that come all at once must not all be made before the first one counts.
    private async Task<(AccountRow? Account, bool IsIn, TimeSpan Wait)> CheckAsync(string name, string password, IPAddress? from, CancellationToken cancellation)
    {
        await _hashing.WaitAsync(cancellation);
        try
        {
            // A name that cannot be one has no count of its own: its address has.
            var counted = AccountRules.IsName(name) ? name : "";
            if (throttle.Wait(counted, from) is { Ticks: > 0 } wait)
            {
                return (null, false, wait);
            }

            var account = store.Read(session => AccountStore.Find(session, name));
            var isRight = password.Length <= AccountRules.PasswordMax && Passwords.Matches(account?.Password, password);
            var isIn = isRight && account is { DisabledAt: null };
            if (isIn)
            {
                throttle.Succeed(counted);
            }
            else
            {
                throttle.Fail(counted, from);
            }

            return (account, isIn, TimeSpan.Zero);
        }
        finally
        {
            _hashing.Release();
        }
    }

    private async Task SeeAsync(byte[] hash, Instant now, CancellationToken cancellation)
    {
        try
        {
            await store.WriteAsync(WritePriority.Decision, transaction => SessionStore.See(transaction, hash, now), cancellation);
        }
        catch (StoreWriteException)
        {
            // A store that cannot commit keeps nobody from seeing what it holds; the session only ends earlier. GET /health tells of the store.
        }
    }

    private Task<long> TellRefusedAsync(AccountRow account, IPAddress? from, CancellationToken cancellation) => store.WriteAsync(
        WritePriority.Decision,
        transaction => EventLog.Append(
            transaction,
            Instant.Now(clock),
            EventKinds.SignInRefused,
            null,
            Accounts.SubjectOf(account.Name),
            new { reason = account.DisabledAt is null ? "the password is wrong" : "the account is disabled" }),
        cancellation,
        new Actor("nobody", from?.ToString()));
}
