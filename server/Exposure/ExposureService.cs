using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Exposure;

/// <summary>
/// Keeps added up what every blood unit went through: it judges those that a mark concerns, also when they left before what happened was
/// discovered, and those whose deadline has come. It is woken by marks and by the earliest deadline; a missed wake-up costs at most
/// <see cref="RestAtMost"/>.
/// </summary>
internal sealed class ExposureService(RecordStore store, Func<Placements> placements, TimeProvider clock, ILogger<ExposureService> logger) : BackgroundService
{
    private const int MarksAtOnce = 64;
    private const int DueAtOnce = 256;
    private const int WrittenAtOnce = 64;

    private static readonly TimeSpan RestAfterError = TimeSpan.FromSeconds(1);

    /// <summary>The longest that it rests without being woken.</summary>
    public TimeSpan RestAtMost { get; init; } = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>Judges until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var seen = store.Read(ExposureMarkStore.LastGeneration);
                await JudgeDueAsync(cancellation);
                await RestAsync(seen, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogError(error, "Adding up what blood units went through failed; it is tried again, and the issue check answers unknown for them until then");
                await Task.Delay(RestAfterError, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }

    /// <summary>Judges every blood unit that is marked or due.</summary>
    public async Task JudgeDueAsync(CancellationToken cancellation)
    {
        while (await JudgeSomeAsync(cancellation))
        {
        }
    }

    /// <summary>One round; false when there was nothing to do.</summary>
    /// <exception cref="AggregateException">Blood units could not be judged; they are marked anew, and the others were.</exception>
    private async Task<bool> JudgeSomeAsync(CancellationToken cancellation)
    {
        var judge = new BloodUnitJudge(placements());
        var now = Instant.Now(clock);
        var (marks, due) = store.Read(session => (ExposureMarkStore.Pending(session, MarksAtOnce), ExposureDeadlineStore.Due(session, now, DueAtOnce)));
        if (marks.Count == 0 && due.Count == 0)
        {
            return false;
        }

        var bloodUnits = store.Read(session => marks.SelectMany(mark => Concerned(session, mark)).ToList()).Concat(due).Distinct();
        var failures = new List<Exception>();
        foreach (var some in bloodUnits.Chunk(WrittenAtOnce))
        {
            failures.AddRange(await JudgeAsync(judge, some, now, cancellation));
        }

        await store.WriteAsync(WritePriority.Decision, transaction => marks.ForEach(mark => ExposureMarkStore.Delete(transaction, mark)), cancellation);
        return failures.Count == 0 ? true : throw new AggregateException(failures);
    }

    /// <summary>Judges some together, or when one of them cannot be, each by itself.</summary>
    private async Task<List<Exception>> JudgeAsync(BloodUnitJudge judge, (string Donation, string Product)[] some, Instant now, CancellationToken cancellation)
    {
        var failures = new List<Exception>();
        try
        {
            await JudgeTogetherAsync(judge, some, now, cancellation);
        }
        catch (Exception error) when (error is not (OperationCanceledException or StoreWriteException) && some.Length > 1)
        {
            foreach (var one in some)
            {
                failures.AddRange(await JudgeAsync(judge, [one], now, cancellation));
            }
        }
        catch (Exception error) when (error is not (OperationCanceledException or StoreWriteException))
        {
            var (donation, product) = some[0];
            failures.Add(new InvalidOperationException($"Blood unit {donation} {product} could not be judged: {error.Message}", error));
            await store.WriteAsync(WritePriority.Decision, transaction => MarkAnew(transaction, donation, product), cancellation);
        }

        return failures;
    }

    // Most that is judged has not changed: only what has is judged again by the writer, which sees the last commit.
    private async Task JudgeTogetherAsync(BloodUnitJudge judge, (string Donation, string Product)[] some, Instant now, CancellationToken cancellation)
    {
        var changed = store.Read(session =>
            some.Where(one => !ExposureWriter.IsUpToDate(session, judge.Judge(session, one.Donation, one.Product, now))).ToList());
        if (changed.Count > 0)
        {
            await store.WriteAsync(
                WritePriority.Decision,
                transaction => ExposureWriter.Apply(transaction, changed.Select(one => judge.Judge(transaction, one.Donation, one.Product, now)), now),
                cancellation);
        }
    }

    private static IEnumerable<(string Donation, string Product)> Concerned(StoreSession session, ExposureMark mark) => mark.Donation.Length > 0
        ? [(mark.Donation, mark.Product)]
        : ContentsStore.Inside(session, mark.Unit, mark.From, Instant.End).Select(stay => (stay.Donation, stay.Product)).Distinct();

    // It waits behind the others, so that one that cannot be judged does not stand before them for ever.
    private static void MarkAnew(StoreTransaction transaction, string donation, string product)
    {
        ExposureDeadlineStore.Set(transaction, donation, product, null);
        foreach (var stay in ContentsStore.OfBloodUnit(transaction, donation, product).Take(1))
        {
            ExposureMarkStore.Append(transaction, stay.Unit, stay.InAt, donation, product);
        }
    }

    private async Task RestAsync(long seenGeneration, CancellationToken cancellation)
    {
        var deadline = store.Read(ExposureDeadlineStore.Earliest);
        var rest = deadline is { } at ? at - Instant.Now(clock) : RestAtMost;
        if (rest > TimeSpan.Zero)
        {
            await store.ExposureMarks.WaitForNewAsync(seenGeneration, rest < RestAtMost ? rest : RestAtMost, clock, cancellation);
        }
    }
}
