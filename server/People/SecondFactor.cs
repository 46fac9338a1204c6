using System.Security.Cryptography;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.People;

/// <summary>
/// A person's second factor, an authenticator that computes codes (<see cref="Totp"/>). Signing in does not ask for it, so that it keeps nobody from an
/// alarm; deciding about blood does.
/// </summary>
internal sealed class SecondFactor(RecordStore store, SignInThrottle throttle, TimeProvider clock)
{
    /// <summary>Makes a secret, which counts once a code of it was confirmed; until then, the one before does.</summary>
    /// <returns>A fault when the password is not the account's.</returns>
    public async Task<Answer> DraftAsync(AccountRow account, string password, Actor by, CancellationToken cancellation)
    {
        if (!Passwords.Matches(account.Password, password))
        {
            return new Answer(AccountFault.PasswordWrong);
        }

        var secret = RandomNumberGenerator.GetBytes(Totp.SecretLength);
        return await store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                AccountStore.Save(transaction, AccountStore.Find(transaction, account.Id)! with { TotpDraft = secret }); // Accounts are never deleted.
                return Answer.Done;
            },
            cancellation,
            by);
    }

    /// <summary>Confirms the secret that was made last by a code of it: it counts from now on, in place of the one before.</summary>
    public Task<Answer> ConfirmAsync(AccountRow account, string code, Actor by, CancellationToken cancellation) => store.WriteAsync(
        WritePriority.Decision,
        transaction =>
        {
            var (current, now) = (AccountStore.Find(transaction, account.Id)!, Instant.Now(clock)); // Accounts are never deleted.
            if (current.TotpDraft is not { } draft || Totp.StepOf(draft, code, now, lastUsed: 0) is not { } step)
            {
                return new Answer(AccountFault.CodeWrong);
            }

            AccountStore.Save(transaction, current with { TotpSecret = draft, TotpDraft = null, TotpStep = step });
            EventLog.Append(transaction, now, EventKinds.SecondFactorSet, null, Accounts.SubjectOf(current.Name), new { before = current.TotpSecret is null ? "none" : "another" });
            return Answer.Done;
        },
        cancellation,
        by);

    /// <summary>
    /// Asks for a code in the transaction of what must not be done without one, and uses it up: the same code is not taken again. When the
    /// transaction is undone, so is that. Guesses have to wait, as those of a password do.
    /// </summary>
    /// <returns>Why not to do it; null when the code is right.</returns>
    public AccountFault? RequireTotp(StoreTransaction transaction, string account, string code)
    {
        if (AccountStore.Find(transaction, account) is not { DisabledAt: null, TotpSecret: { } secret } current)
        {
            return AccountFault.FactorMissing;
        }

        var counted = $"code of {account}"; // No account has such a name.
        if (throttle.WaitOf(counted) > TimeSpan.Zero)
        {
            return AccountFault.CodeTooOften;
        }

        if (Totp.StepOf(secret, code, Instant.Now(clock), current.TotpStep) is not { } step)
        {
            throttle.FailOf(counted);
            return AccountFault.CodeWrong;
        }

        throttle.Succeed(counted);
        AccountStore.Save(transaction, current with { TotpStep = step });
        return null;
    }
}
