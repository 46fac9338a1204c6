using ColdChain.Hosting.Clocks;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api;

/// <summary>The server's health, tried rather than remembered: for whoever watches it from another machine.</summary>
/// <param name="Status">ok or degraded.</param>
/// <param name="At">The server's time.</param>
/// <param name="StoreId">The record store's id.</param>
/// <param name="Head">The head of the audit trail, as in acknowledgements: it never goes back.</param>
/// <param name="Checks">Everything that was looked at.</param>
internal sealed record DeepHealthResponse(string Status, string At, string StoreId, string Head, IReadOnlyList<HealthCheck> Checks);

/// <summary>Looks at the server's health, and has the record store commit something on the way.</summary>
internal sealed class DeepHealth(HealthChecks checks, Sources sources, IClockAuthority authority, TimeProvider clock)
{
    /// <summary>How long a message may wait for its channel: longer than all attempts at one.</summary>
    private static readonly TimeSpan MessageWithin = TimeSpan.FromMinutes(10);

    /// <summary>How long a commit may take; ten times as long as a busy disk of a memory card.</summary>
    public static readonly TimeSpan CommitWithin = TimeSpan.FromSeconds(10);

    // What the commit writes: up to where in the event log somebody has watched.
    private const string Watcher = "watch";

    public async Task<DeepHealthResponse> LookAsync(CancellationToken cancellation)
    {
        var commit = await TryCommitAsync(cancellation);
        IReadOnlyList<HealthCheck> all = [commit, OfAuthority(), OfMessages(), .. checks.Look()];
        return new DeepHealthResponse(
            HealthResponse.StatusOf([.. all.Select(check => check.Reason).OfType<string>()]),
            sources.Now.ToString(),
            sources.Store.Id,
            sources.Store.Read(EventChain.HeadText),
            all);
    }

    private HealthCheck OfAuthority()
    {
        var word = authority.Ask(clock.GetUtcNow());
        return HealthCheck.Of("clock-authority", word.ErrorMs is not null, $"Nobody vouches for the server's clock: {word.Reason}. Mend its time server; until then readings may be left with their devices.");
    }

    private HealthCheck OfMessages()
    {
        var (now, since) = (sources.Now, sources.Store.Read(MessageStore.WaitingSince));
        return HealthCheck.OfAge("messages", now - (since ?? now), MessageWithin, $"A message waits for its channel since {since}: whom it is for hears nothing.");
    }

    private async Task<HealthCheck> TryCommitAsync(CancellationToken cancellation)
    {
        const string name = "commit";
        var began = clock.GetTimestamp();
        try
        {
            await sources.Store.WriteAsync(
                WritePriority.Decision, transaction => CursorStore.Set(transaction, Watcher, EventChain.HeadOf(transaction).Id), cancellation).WaitAsync(CommitWithin, clock, cancellation);
            return HealthCheck.OfAge(name, clock.GetElapsedTime(began), CommitWithin, "");
        }
        catch (TimeoutException)
        {
            return new HealthCheck(name, $"The record store did not commit within {CommitWithin.TotalSeconds:0} seconds.");
        }
        catch (StoreWriteException error)
        {
            return new HealthCheck(name, $"The record store cannot commit: {error.Message.TrimEnd('.')}.");
        }
    }
}
