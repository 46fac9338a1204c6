using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Desk;

/// <summary>
/// Notices that a signed revision would say something else now, and says that it is void. It follows the event log, and compares each revision that
/// stands besides: once a day, and once in thirty days when it is older than that, since ten years of a hundred storage units are some ten thousand
/// months of readings. One after the other and a few in each pass: what is to be signed is compared before that, or next when it takes long.
/// </summary>
internal sealed class ReportWatch(RecordStore store, FleetView fleet, MakeReport make, ReportDrafts drafts, TimeProvider clock, ILogger<ReportWatch> logger) : BackgroundService
{
    /// <summary>The name of its cursor.</summary>
    public const string Consumer = "report-watch";

    /// <summary>Compared in one pass at most.</summary>
    public const int ComparedAtOnce = 4;

    /// <summary>How often each revision is compared at least, until it is <see cref="OldAfter"/>.</summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromDays(1);

    /// <summary>How long after it was prepared it is compared that often: by then, what devices kept has come, and decisions are signed.</summary>
    public static readonly TimeSpan OldAfter = TimeSpan.FromDays(30);

    /// <summary>How often from then on.</summary>
    public static readonly TimeSpan CheckOldEvery = TimeSpan.FromDays(30);

    /// <summary>How long a report about a period gathers events before it is compared: it is large, and they come one after the other.</summary>
    public static readonly TimeSpan PeriodRest = TimeSpan.FromMinutes(15);

    private const int EventsAtOnce = 500;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RestAfterError = TimeSpan.FromSeconds(10);

    // Revisions that wait to be compared, by when; what is lost at a restart is compared when its day, or its month, is over.
    private readonly Dictionary<long, (ReportRow Row, Instant At)> _waiting = [];

    // The last event that was dealt with, and the one that is stored as such.
    private long? _position;
    private long _stored;

    /// <summary>Deals with the events that are in the log, and compares some of what waits.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        if (_position is null)
        {
            _position = _stored = store.Read(session => CursorStore.Get(session, Consumer));
        }

        while (store.Read(session => ReadOn(session, _position.Value)) is { } last)
        {
            _position = last;
        }

        var now = Instant.Now(clock);
        foreach (var row in store.Read(session => ReportStore.Unchecked(session, now - CheckEvery, now - OldAfter, now - CheckOldEvery, ComparedAtOnce)))
        {
            WaitUntil(now, row);
        }

        foreach (var (row, _) in _waiting.Values.Where(one => one.At <= now).OrderBy(one => one.At).ThenBy(one => one.Row.Id).Take(ComparedAtOnce).ToList())
        {
            cancellation.ThrowIfCancellationRequested();
            await CompareAsync(row, cancellation);
            _waiting.Remove(row.Id); // When it could not be stored, it waits still: the events behind are read.
        }

        await StorePositionAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // What it does first must not keep the host from starting.
        while (!stoppingToken.IsCancellationRequested)
        {
            var rest = Rest;
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogError(error, "Signed reports could not be compared with what is stored; it is tried again");
                rest = RestAfterError;
            }

            await Task.Delay(rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    // The last event that was read; null when there was none.
    private long? ReadOn(StoreSession session, long position)
    {
        var (events, now) = (EventLog.Read(session, position, EventsAtOnce), Instant.Now(clock));
        foreach (var row in ReportReach.Of(session, fleet.Current, events))
        {
            WaitUntil(row.Finding is null ? now + PeriodRest : now, row);
        }

        return events.Count == 0 ? null : events[^1].Id;
    }

    // Whatever waits already does not wait for longer.
    private void WaitUntil(Instant at, ReportRow row) => _waiting[row.Id] = (row, _waiting.TryGetValue(row.Id, out var before) ? Instant.Min(before.At, at) : at);

    private async Task CompareAsync(ReportRow row, CancellationToken cancellation)
    {
        var began = Instant.Now(clock);
        var (differences, sha256) = Compare(row, cancellation);
        await store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                var now = Instant.Now(clock);
                if (!ReportStore.SignaturesOf(transaction, row.Id).Exists(one => one.SignedAt > began)) // What was signed meanwhile is compared after that.
                {
                    ReportStore.Check(transaction, row.Id, now);
                }

                if (differences.Count > 0)
                {
                    ReportVoiding.Void(transaction, row, differences, sha256, now);
                }
            },
            cancellation);
        if (differences.Count > 0 && ReportNumber.TryParse(row.Number, out var number))
        {
            drafts.Forget(number); // It may be the very one that is void now: nobody signs that once more.
        }
    }

    // One that cannot be made now is looked at again the next day: nobody says that it would be another one, and the others must not wait for it.
    private (IReadOnlyList<string> Differences, string Sha256) Compare(ReportRow row, CancellationToken cancellation)
    {
        try
        {
            if (!ReportNumber.TryParse(row.Number, out var number))
            {
                logger.LogWarning("Report {Number} has a number that this version does not know: it is not compared", row.Number);
                return ([], "");
            }

            var stored = store.Read(session => ReportStore.ContentOf(session, row.Id));
            RequireUnits(row, stored);
            var made = make(number, _ => { }, cancellation);
            return (ReportComparison.Differences(stored, made) ?? [], ReportJson.HashOf(ReportJson.Write(made)));
        }
        catch (ReportContentException changed)
        {
            logger.LogError(changed, "Report {Number} was changed past the program: it is neither given out nor signed, and nothing is said of its signatures", row.Number);
            return ([], "");
        }
        catch (RefusalException refusal)
        {
            logger.LogWarning("Revision {Revision} of report {Number} could not be compared: {Reason}", row.Revision, row.Number, refusal.Message);
            return ([], "");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            logger.LogError(error, "Revision {Revision} of report {Number} could not be compared", row.Revision, row.Number);
            return ([], "");
        }
    }

    // Without one of its storage units the report of a site would be another one, and a person's slip in the fleet file is no reason for that.
    private void RequireUnits(ReportRow row, ReadOnlyMemory<byte> stored)
    {
        foreach (var unit in ReportJson.ReadKnown(stored.Span)?.Units ?? [])
        {
            if (StorageUnitId.TryParse(unit.Place.Unit, out var id) && fleet.Current.FindUnit(id) is null)
            {
                throw ReportRefusals.NotInFleet(row.Number, id);
            }
        }
    }

    // What concerns no report is not worth a commit for each event: after a restart it is read again.
    private async Task StorePositionAsync(CancellationToken cancellation)
    {
        var last = _position ?? 0;
        if (last - _stored >= EventsAtOnce)
        {
            await store.WriteAsync(WritePriority.Decision, transaction => CursorStore.Set(transaction, Consumer, last), cancellation);
            _stored = last;
        }
    }
}
