using System.Security.Cryptography;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.People;

/// <summary>That a password was looked at.</summary>
/// <param name="Fault">Why it does not count; null when it is the account's.</param>
/// <param name="Hash">The hash that it is of.</param>
internal readonly record struct PasswordCheck(AccountFault? Fault, string Hash);

/// <summary>That a password and a code were looked at, for one signature.</summary>
/// <param name="Fault">Why they do not count; null when both are the account's.</param>
/// <param name="Hash">The hash that the password is of.</param>
/// <param name="Secret">The secret that the code is of; empty with a fault.</param>
/// <param name="Step">The step that the code is of; 0 likewise.</param>
internal sealed record SignatureCheck(AccountFault? Fault, string Hash, byte[] Secret, long Step)
{
    /// <summary>Neither hash nor secret: it may get into a log.</summary>
    public override string ToString() => Fault?.ToString() ?? "right";
}

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
    /// Looks at the password of an account for a signature that takes both components, outside of any transaction: it takes a tenth of a second. Guesses
    /// have to wait, and each counts before it is looked at, so that many at once are no more than one after the other.
    /// </summary>
    public PasswordCheck CheckPassword(string account, string password)
    {
        var current = store.Read(session => AccountStore.Find(session, account));
        if (current is { TotpSecret: null })
        {
            return new PasswordCheck(AccountFault.FactorMissing, ""); // Whatever is typed, it cannot be signed: the cure is told before that.
        }

        var counted = $"password of {account}"; // No account has such a name.
        if (throttle.WaitOf(counted) > TimeSpan.Zero)
        {
            return new PasswordCheck(AccountFault.PasswordTooOften, "");
        }

        throttle.FailOf(counted);
        if (password.Length > AccountRules.PasswordMax || !Passwords.Matches(current?.Password, password))
        {
            return new PasswordCheck(AccountFault.PasswordWrong, "");
        }

        throttle.Succeed(counted);
        return new PasswordCheck(null, current!.Password); // It matched.
    }

    /// <summary>
    /// Looks at both components of a signature (21 CFR 11.200(a)(1)) at the instant at which a person gave them: a code lives for a minute, and what is
    /// signed may take longer to be put together. The code is not used up before <see cref="RequireBoth"/>. Guesses have to wait, as those of the password.
    /// </summary>
    public SignatureCheck CheckBoth(string account, string password, string code)
    {
        var check = CheckPassword(account, password);
        if (check.Fault is { } fault)
        {
            return Wrong(fault);
        }

        if (store.Read(session => AccountStore.Find(session, account)) is not { DisabledAt: null, TotpSecret: { } secret } current)
        {
            return Wrong(AccountFault.FactorMissing);
        }

        var counted = CodeOf(account);
        if (throttle.WaitOf(counted) > TimeSpan.Zero)
        {
            return Wrong(AccountFault.CodeTooOften);
        }

        throttle.FailOf(counted); // Before it is looked at, as that of a password.
        if (Totp.StepOf(secret, code, Instant.Now(clock), current.TotpStep) is not { } step)
        {
            return Wrong(AccountFault.CodeWrong);
        }

        throttle.Succeed(counted);
        return new SignatureCheck(null, check.Hash, secret, step);

        static SignatureCheck Wrong(AccountFault fault) => new(fault, "", [], 0);
    }

    /// <summary>
    /// Asks in the transaction of what takes both components whether what was looked at counts still, and uses the code up: neither it nor one of a
    /// step before is taken again. When the transaction is undone, so is that.
    /// </summary>
    /// <returns>Why not to do it; null when both are right.</returns>
    public static AccountFault? RequireBoth(StoreTransaction transaction, string account, SignatureCheck check)
    {
        if (check.Fault is { } fault)
        {
            return fault;
        }

        if (AccountStore.Find(transaction, account) is not { DisabledAt: null, TotpSecret: { } secret } current)
        {
            return AccountFault.FactorMissing;
        }

        if (current.Password != check.Hash)
        {
            return AccountFault.PasswordWrong; // It was changed meanwhile.
        }

        if (check.Step <= current.TotpStep || !secret.AsSpan().SequenceEqual(check.Secret))
        {
            return AccountFault.CodeWrong; // It was used meanwhile, or is of a factor that was replaced.
        }

        AccountStore.Save(transaction, current with { TotpStep = check.Step });
        return null;
    }

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

        var counted = CodeOf(account);
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

    private static string CodeOf(string account) => $"code of {account}"; // No account has such a name.
}
