using System.Collections.Concurrent;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Tests.Reports.Desk;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Reports;

public sealed class ReportDraftsTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ConcurrentQueue<string> _made = new();
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private readonly CancellationTokenSource _end = new();
    private readonly ReportDrafts _drafts;
    private volatile Exception? _fault;

    public ReportDraftsTests() => _drafts = new ReportDrafts(Make, _clock, NullLogger<ReportDrafts>.Instance);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _drafts.StopAsync(CancellationToken.None);
        _drafts.Dispose();
        _end.Dispose();
        _gate.Dispose();
    }

    [Fact]
    public async Task Reports_MoreThanAreKept_AreThoseAskedForLast()
    {
        await _drafts.StartAsync(CancellationToken.None);
        for (var number = 1; number <= ReportDrafts.KeptMax; number++)
        {
            await MadeAsync(Day(number));
        }

        _drafts.Ask(Day(1)).Content.Should().NotBeNull("it is asked for once more");
        await MadeAsync(Day(ReportDrafts.KeptMax + 1));
        await MadeAsync(Day(ReportDrafts.KeptMax + 2));

        _drafts.Ask(Day(1)).Content.Should().NotBeNull("the second one was asked for longest ago");
        _drafts.Ask(Day(3)).Content.Should().NotBeNull();
        _drafts.Ask(Day(2)).Content.Should().BeNull();
        await MadeAsync(Day(2));
        _made.Count(number => number == $"{Day(2)}").Should().Be(2);
        _made.Count(number => number == $"{Day(1)}").Should().Be(1);
    }

    [Fact]
    public async Task Report_ThatIsMade_IsKeptWhileManyOthersWait()
    {
        await _drafts.StartAsync(CancellationToken.None);
        await MadeAsync(Day(1));
        _gate.Reset();

        for (var number = 2; number <= ReportDrafts.WaitingMax; number++)
        {
            _drafts.Ask(Day(number));
        }

        _drafts.Ask(Day(1)).Content.Should().NotBeNull("whoever had it made has not fetched it yet");
    }

    [Fact]
    public async Task Reports_MoreThanMayWait_AreRefusedWithAWord()
    {
        await _drafts.StartAsync(CancellationToken.None);
        _gate.Reset();
        _drafts.Ask(Day(1));
        await Eventually.HoldsAsync(() => Task.FromResult(_made.Count == 1));
        for (var number = 2; number <= 1 + ReportDrafts.WaitingMax; number++)
        {
            _drafts.Ask(Day(number));
        }

        var further = () => _drafts.Ask(Day(30));

        further.Should().Throw<RefusalException>().Which.Word.Should().Be(ReportRefusals.Queue);
        _drafts.Ask(Day(5)).MadeAt.Should().BeNull("what waits already still does");
        _gate.Set();
        await MadeAsync(Day(1 + ReportDrafts.WaitingMax));
        await MadeAsync(Day(30));
    }

    [Fact]
    public async Task Refusal_IsToldOnce_AndTheReportIsMadeAnewWhenItIsAskedForAgain()
    {
        await _drafts.StartAsync(CancellationToken.None);
        _fault = new RefusalException(RefusalKind.Unknown, "number", "there is no such site", "take another");
        (await DoneAsync(Day(1))).Refusal!.Reason.Should().Be("there is no such site");
        _fault = null;

        _drafts.Ask(Day(1)).Refusal.Should().BeNull("it was told");

        (await DoneAsync(Day(1))).Content.Should().NotBeNull();
    }

    [Fact]
    public async Task Report_ThatCannotBeMade_IsARefusal_AndOthersAreMade()
    {
        await _drafts.StartAsync(CancellationToken.None);
        _fault = new InvalidOperationException("The disk is gone.");
        (await DoneAsync(Day(1))).Refusal!.Word.Should().Be(ReportRefusals.Failed);
        _fault = null;

        (await DoneAsync(Day(2))).Content.Should().NotBeNull();
    }

    [Fact]
    public async Task Report_ThatIsOutdatedOrForgotten_IsMadeAnew()
    {
        await _drafts.StartAsync(CancellationToken.None);
        await MadeAsync(Day(1));
        _clock.Advance(ReportDrafts.GoodFor);
        _drafts.Ask(Day(1)).Content.Should().NotBeNull("it is good for so long");
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        _drafts.Ask(Day(1)).Content.Should().BeNull();
        await MadeAsync(Day(1));

        _drafts.Forget(Day(1));

        _drafts.Ask(Day(1)).Content.Should().BeNull("it says something else by now");
        await MadeAsync(Day(1));
        _made.Should().HaveCount(3);
    }

    private static ReportNumber Day(int day) => ReportNumber.TryParse($"SI-rabat_2026-10-{day:00}", out var number) ? number : throw new ArgumentOutOfRangeException(nameof(day));

    private ReportContent Make(ReportNumber number, Action<ReportProgress> progress, CancellationToken cancellation)
    {
        _made.Enqueue($"{number}");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _end.Token);
        _gate.Wait(either.Token);
        return _fault is { } fault ? throw fault : MadeReports.Period($"{number}");
    }

    private async Task MadeAsync(ReportNumber number) => (await DoneAsync(number)).Content.Should().NotBeNull();

    private async Task<DraftState> DoneAsync(ReportNumber number)
    {
        DraftState? done = null;
        await Eventually.HoldsAsync(() => Task.FromResult((done = _drafts.Ask(number)).MadeAt is not null));
        return done!; // It was asked for at least once.
    }
}
