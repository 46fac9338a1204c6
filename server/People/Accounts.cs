using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.People;

/// <summary>What came of something that was to be done to an account or token.</summary>
/// <param name="Fault">Why nothing was done; null when it was.</param>
/// <param name="Secret">A one-time password or token, which is shown now and never again; null when there is none.</param>
internal readonly record struct Answer(AccountFault? Fault, string? Secret = null)
{
    /// <summary>It was done.</summary>
    public static readonly Answer Done = new(null);
}

/// <summary>
/// Adds, changes and disables accounts: each with its event in the same transaction, and never a secret in one. Whoever calls has asked whether
/// the actor may.
/// </summary>
internal sealed class Accounts(RecordStore store, TimeProvider clock)
{
    /// <summary>The account that the first start makes.</summary>
    public const string FirstName = "admin";

    private Instant Now => Instant.Now(clock);

    /// <summary>Makes the first account, when there is none: an administrator of everything, with a one-time password.</summary>
    /// <returns>Its password; null when there are accounts.</returns>
    public async Task<string?> MakeFirstAsync(CancellationToken cancellation)
    {
        if (store.Read(AccountStore.All).Count > 0)
        {
            return null;
        }

        var oneTime = Passwords.NewOneTime();
        var hash = Passwords.HashOneTime(oneTime);
        return await store.WriteAsync(WritePriority.Decision, Make, cancellation);

        string? Make(StoreTransaction transaction)
        {
            Add(transaction, new AccountRow(0, FirstName, "Administrateur", "fr", hash, MustChange: true, Now, null));
            return Give(transaction, FirstName, new Grant(Role.Admin, Scope.Nation)).Fault is null ? oneTime : null;
        }
    }

    /// <summary>Adds an account, which may do nothing yet.</summary>
    /// <returns>Its one-time password.</returns>
    public Task<Answer> AddAsync(string name, string display, string language, Actor by, CancellationToken cancellation)
    {
        if (!AccountRules.IsName(name) || !AccountRules.IsDisplay(display))
        {
            return Task.FromResult(new Answer(AccountRules.IsName(name) ? AccountFault.DisplayInvalid : AccountFault.NameInvalid));
        }

        var oneTime = Passwords.NewOneTime();
        var hash = Passwords.HashOneTime(oneTime);
        return Write(by, transaction =>
        {
            if (AccountStore.Find(transaction, name) is not null)
            {
                return new Answer(AccountFault.NameTaken);
            }

            Add(transaction, new AccountRow(0, name, display.Trim(), language, hash, MustChange: true, Now, null));
            return new Answer(null, oneTime);
        }, cancellation);
    }

    /// <summary>Grants a role at a place. What was granted already is granted still.</summary>
    public Task<Answer> GrantAsync(string name, Grant grant, Actor by, CancellationToken cancellation) => Write(by, transaction => Give(transaction, name, grant), cancellation);

    /// <summary>Takes a role back.</summary>
    public Task<Answer> RevokeAsync(string name, Grant grant, Actor by, CancellationToken cancellation) => OnAccount(name, by, (transaction, account) =>
    {
        if (!AccountStore.RemoveGrant(transaction, account.Id, grant))
        {
            return new Answer(AccountFault.GrantInvalid);
        }

        Tell(transaction, EventKinds.RoleRevoked, name, new { role = RoleWords.Of(grant.Role), scope = grant.Where.ToString() });
        return RequireAdmin(transaction);
    }, cancellation);

    /// <summary>Disables an account and signs it out everywhere. It keeps its grants, which count again when it is enabled.</summary>
    public Task<Answer> DisableAsync(string name, Actor by, CancellationToken cancellation) => OnAccount(name, by, (transaction, account) =>
    {
        if (account.DisabledAt is null)
        {
            AccountStore.Save(transaction, account with { DisabledAt = Now });
            SessionStore.EndAllOf(transaction, account.Id);
            Tell(transaction, EventKinds.AccountDisabled, name, new { });
        }

        return RequireAdmin(transaction);
    }, cancellation);

    /// <summary>Enables a disabled account. One whose display data was removed needs a new name for people and a reset as well.</summary>
    public Task<Answer> EnableAsync(string name, Actor by, CancellationToken cancellation) => OnAccount(name, by, (transaction, account) =>
    {
        if (account.DisabledAt is not null)
        {
            AccountStore.Save(transaction, account with { DisabledAt = null });
            Tell(transaction, EventKinds.AccountEnabled, name, new { });
        }

        return Answer.Done;
    }, cancellation);

    /// <summary>Gives an account a one-time password, takes its second factor away, and signs it out everywhere.</summary>
    /// <returns>The one-time password.</returns>
    public Task<Answer> ResetAsync(string name, Actor by, CancellationToken cancellation)
    {
        var oneTime = Passwords.NewOneTime();
        var hash = Passwords.HashOneTime(oneTime);
        return OnAccount(name, by, (transaction, account) =>
        {
            AccountStore.Save(transaction, account with { Password = hash, MustChange = true, TotpSecret = null, TotpDraft = null });
            SessionStore.EndAllOf(transaction, account.Id);
            Tell(transaction, EventKinds.AccountReset, name, new { secondFactor = account.TotpSecret is null ? "none" : "removed" });
            return new Answer(null, oneTime);
        }, cancellation);
    }

    /// <summary>A person chooses another password, and is signed out everywhere: whoever has the old one must not stay inside.</summary>
    public Task<Answer> ChangePasswordAsync(AccountRow account, string present, string wanted, Actor by, CancellationToken cancellation)
    {
        var fault = !Passwords.Matches(account.Password, present) ? AccountFault.PasswordWrong
            : present == wanted ? AccountFault.PasswordSame
            : AccountRules.PasswordFault(wanted, account.Name);
        if (fault is not null)
        {
            return Task.FromResult(new Answer(fault));
        }

        var hash = Passwords.Hash(wanted);
        return OnAccount(account.Name, by, (transaction, current) =>
        {
            if (current.Password != account.Password)
            {
                return new Answer(AccountFault.PasswordWrong); // Somebody else was quicker.
            }

            AccountStore.Save(transaction, current with { Password = hash, MustChange = false });
            SessionStore.EndAllOf(transaction, current.Id);
            Tell(transaction, EventKinds.PasswordChanged, current.Name, new { });
            return Answer.Done;
        }, cancellation);
    }

    /// <summary>The subject of an event about an account: no site or device has such a name.</summary>
    public static string SubjectOf(string name) => $"person:{name}";

    private void Add(StoreTransaction transaction, AccountRow account)
    {
        AccountStore.Insert(transaction, account);
        Tell(transaction, EventKinds.AccountAdded, account.Name, new { account.Language });
    }

    private Answer Give(StoreTransaction transaction, string name, Grant grant)
    {
        if (AccountStore.Find(transaction, name) is not { } account)
        {
            return new Answer(AccountFault.NameUnknown);
        }

        if (AccountStore.AddGrant(transaction, account.Id, grant))
        {
            Tell(transaction, EventKinds.RoleGranted, name, new { role = RoleWords.Of(grant.Role), scope = grant.Where.ToString() });
        }

        return Answer.Done;
    }

    /// <summary>Undoes what would leave nobody who manages people.</summary>
    private static Answer RequireAdmin(StoreTransaction transaction) =>
        AccountStore.All(transaction).Exists(account => account.DisabledAt is null && Rights.Of(AccountStore.Grants(transaction, account.Id)).Everywhere(Permission.ManagePeople))
            ? Answer.Done
            : throw new AccountRefusedException(AccountFault.LastAdmin);

    private void Tell(StoreTransaction transaction, string kind, string name, object payload) => EventLog.Append(transaction, Now, kind, null, SubjectOf(name), payload);

    private Task<Answer> OnAccount(string name, Actor by, Func<StoreTransaction, AccountRow, Answer> work, CancellationToken cancellation) =>
        Write(by, transaction => AccountStore.Find(transaction, name) is { } account ? work(transaction, account) : new Answer(AccountFault.NameUnknown), cancellation);

    private async Task<Answer> Write(Actor by, Func<StoreTransaction, Answer> work, CancellationToken cancellation)
    {
        try
        {
            return await store.WriteAsync(WritePriority.Decision, work, cancellation, by);
        }
        catch (AccountRefusedException refused)
        {
            return new Answer(refused.Fault);
        }
    }

    /// <summary>Undoes the job of a transaction that has written already.</summary>
    private sealed class AccountRefusedException(AccountFault fault) : Exception
    {
        public AccountFault Fault { get; } = fault;
    }
}
