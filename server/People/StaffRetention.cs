using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.People;

/// <summary>How long what identifies a person is kept after the account was disabled.</summary>
/// <param name="Kept">The time; chosen by whoever runs the server.</param>
internal sealed record StaffDataLimits(TimeSpan Kept);

/// <summary>
/// Removes what identifies a person some time after the account was disabled: the name for people, password, second factor, grants, sessions. The
/// account's own name stays, since events name it, and what was done stays done by somebody.
/// </summary>
internal sealed class StaffRetention(RecordStore store, StaffDataLimits limits, TimeProvider clock, ILogger<StaffRetention> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    /// <summary>Removes what is due.</summary>
    /// <returns>The accounts of which something was removed.</returns>
    public Task<IReadOnlyList<string>> EraseDueAsync(CancellationToken cancellation)
    {
        var now = Instant.Now(clock);
        var due = store.Read(session => AccountStore.All(session).Where(account => IsDue(account, now)).Select(account => account.Name).ToList());
        return due.Count == 0
            ? Task.FromResult<IReadOnlyList<string>>([])
            : store.WriteAsync<IReadOnlyList<string>>(WritePriority.Reading, transaction => [.. due.Where(name => Erase(transaction, name, now))], cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var name in await EraseDueAsync(stoppingToken))
                {
                    logger.LogInformation("What identified the person of account {Name} was removed: it was disabled {Days} days ago", name, limits.Kept.TotalDays);
                }
            }
            catch (Exception error) when (error is StoreWriteException)
            {
                logger.LogError(error, "What identifies people who left could not be removed; it is tried again");
            }

            await Task.Delay(LookEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private bool IsDue(AccountRow account, Instant now) => account is { DisabledAt: { } since, Display.Length: > 0 } && now - since >= limits.Kept;

    private bool Erase(StoreTransaction transaction, string name, Instant now)
    {
        // It may have been enabled since it was looked at.
        if (AccountStore.Find(transaction, name) is not { } account || !IsDue(account, now))
        {
            return false;
        }

        AccountStore.Save(transaction, account with { Display = "", Password = "", MustChange = true, TotpSecret = null, TotpDraft = null });
        foreach (var grant in AccountStore.Grants(transaction, account.Id))
        {
            AccountStore.RemoveGrant(transaction, account.Id, grant);
        }

        SessionStore.EndAllOf(transaction, account.Id);
        ContactStore.Erase(transaction, account.Id);
        AcknowledgementLinkStore.Remove(transaction, account.Id, now);
        EventLog.Append(transaction, now, EventKinds.AccountErased, null, Accounts.SubjectOf(name), new { reason = $"disabled since {account.DisabledAt}" });
        return true;
    }
}
