using System.Threading.Channels;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Desk;

namespace ColdChain.Server.Reports;

/// <summary>A report that is being made, or was.</summary>
/// <param name="Progress">How far it is.</param>
/// <param name="Content">The content, once it is made; null before.</param>
/// <param name="MadeAt">When that was; null likewise.</param>
/// <param name="Refusal">Why it was not made; null while nothing is wrong.</param>
internal sealed record DraftState(ReportProgress Progress, ReportContent? Content, Instant? MadeAt, RefusalException? Refusal);

/// <summary>
/// Makes reports. Those that are quick are made while whoever asks waits; a site or a year takes minutes, so that these are made in the background, one
/// at a time, and kept for a while.
/// </summary>
internal sealed class ReportDrafts(MakeReport make, TimeProvider clock, ILogger<ReportDrafts> logger) : BackgroundService
{
    /// <summary>When a further one is to be made, so many of those that were made are kept, the ones asked for last.</summary>
    public const int KeptMax = 16;

    /// <summary>So many may wait.</summary>
    public const int WaitingMax = 20;

    /// <summary>One that was made longer ago is made anew when it is asked for.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(15);

    private readonly Channel<Work> _waiting = Channel.CreateBounded<Work>(WaitingMax);
    private readonly Dictionary<ReportNumber, Work> _works = [];
    private readonly Lock _lock = new();
    private long _asked;

    /// <summary>Whether a report is made in the background.</summary>
    public static bool IsLong(ReportNumber number) =>
        number.Kind == ReportKind.SitePeriod || (number.Kind == ReportKind.UnitPeriod && number.Period.Kind == PeriodKind.Year);

    /// <summary>Makes a report that is quick.</summary>
    /// <exception cref="RefusalException">There is nothing of that number.</exception>
    public Task<ReportContent> MakeAsync(ReportNumber number, CancellationToken cancellation) => Task.Run(() => make(number, _ => { }, cancellation), cancellation);

    /// <summary>Has a report made in the background, unless that was done lately or is being done, and tells how far it is.</summary>
    /// <exception cref="RefusalException">Too many wait already.</exception>
    public DraftState Ask(ReportNumber number)
    {
        lock (_lock)
        {
            if (_works.TryGetValue(number, out var known) && !known.IsOutdated(Instant.Now(clock)))
            {
                known.Asked = ++_asked;
                var state = known.State; // Read once: it is written meanwhile by whoever makes the report.
                if (state.Refusal is not null)
                {
                    _works.Remove(number); // It is told once, and made anew when it is asked for again.
                }

                return state;
            }

            var work = new Work(number) { Asked = ++_asked };
            var begun = work.State; // It may be made before this returns: whoever asked first asks again in any case.
            if (!_waiting.Writer.TryWrite(work))
            {
                throw new RefusalException(RefusalKind.Conflict, "number", $"{WaitingMax} reports wait to be made already", "ask again in some minutes") { Word = ReportRefusals.Queue };
            }

            _works[number] = work;
            ForgetOldest();
            return begun;
        }
    }

    /// <summary>Has one made anew when it is asked for again: what it says has changed.</summary>
    public void Forget(ReportNumber number)
    {
        lock (_lock)
        {
            if (_works.TryGetValue(number, out var known) && known.State.MadeAt is not null)
            {
                _works.Remove(number);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var work in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            await Task.Run(() => Make(work, stoppingToken), stoppingToken);
        }
    }

    private void Make(Work work, CancellationToken cancellation)
    {
        try
        {
            var content = make(work.Number, progress => work.State = work.State with { Progress = progress }, cancellation);
            work.State = work.State with { Content = content, MadeAt = Instant.Now(clock) };
        }
        catch (RefusalException refusal)
        {
            work.State = work.State with { Refusal = refusal, MadeAt = Instant.Now(clock) };
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            logger.LogError(error, "Report {Number} could not be made", work.Number);
            var refusal = new RefusalException(RefusalKind.Conflict, "number", "it could not be made", "ask again; the server's log says why") { Word = ReportRefusals.Failed };
            work.State = work.State with { Refusal = refusal, MadeAt = Instant.Now(clock) };
        }
    }

    // Those that still wait are not counted: they would push out what somebody is about to fetch, which would then be made again and again.
    private void ForgetOldest()
    {
        var made = _works.Values.Where(work => work.State.MadeAt is not null).OrderBy(work => work.Asked).ToList();
        foreach (var old in made.Take(made.Count - KeptMax))
        {
            _works.Remove(old.Number);
        }
    }

    private sealed class Work(ReportNumber number)
    {
        private volatile DraftState _state = new(new ReportProgress(0, 1), null, null, null);

        public ReportNumber Number => number;

        /// <summary>When it was asked for last, as a place among all that was asked.</summary>
        public long Asked { get; set; }

        public DraftState State
        {
            get => _state;
            set => _state = value;
        }

        public bool IsOutdated(Instant now) => State.MadeAt is { } made && now - made > GoodFor;
    }
}
