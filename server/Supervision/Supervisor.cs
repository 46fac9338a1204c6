using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Supervision;

/// <summary>Looks who was heard, and stores and tells what follows in one transaction: a restart tells nothing twice and forgets nothing.</summary>
internal sealed class Supervisor(RecordStore store, FleetView fleet, IReadOnlyList<RulePack> packs, Func<Hearing> hearing)
{
    /// <summary>Looks once; gives when to look again at the latest, null for whenever something comes.</summary>
    public async Task<Instant?> LookAsync(CancellationToken cancellation)
    {
        var now = hearing();
        var (known, verdict) = store.Read(session => Judge(session, now));
        return known.ToHashSet().SetEquals(verdict.Silences) && verdict.Events.Count == 0
            ? verdict.Deadline
            : await store.WriteAsync(WritePriority.Decision, transaction => Enter(transaction, now), cancellation);
    }

    // Judged again inside the transaction: what came since the first look must not be told as silence.
    private Instant? Enter(StoreTransaction transaction, Hearing now)
    {
        var (known, verdict) = Judge(transaction, now);
        foreach (var over in known.Where(row => verdict.Silences.All(silence => (silence.Scope, silence.Subject) != (row.Scope, row.Subject))))
        {
            SilenceStore.Delete(transaction, over);
        }

        foreach (var silence in verdict.Silences.Except(known))
        {
            SilenceStore.Save(transaction, silence);
        }

        foreach (var happened in verdict.Events)
        {
            EventLog.Append(transaction, now.Now, happened.Kind, null, happened.Subject, happened.Payload);
        }

        return verdict.Deadline;
    }

    private (List<SilenceRow> Known, SilenceVerdict Verdict) Judge(StoreSession session, Hearing now)
    {
        var known = SilenceStore.All(session);
        return (known, SilenceJudge.Judge(now, SupervisedDevice.All(fleet.Current, packs, StreamStore.LastReceived(session), now.Now), known));
    }
}
