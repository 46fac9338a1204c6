using ColdChain.Server.Dashboard.Series;
using ColdChain.Server.Projections;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ColdChain.Server.Tests.Projections;

/// <summary>A listener that takes everything and counts nothing, and is silent when a chart asks.</summary>
public sealed class SlowInfluxTests : IAsyncLifetime
{
    private readonly WebApplication _listener;
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _charts;

    public SlowInfluxTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _listener = builder.Build();
        _listener.Urls.Add("http://127.0.0.1:0");
        _listener.Run(AnswerAsync);
    }

    public Task InitializeAsync() => _listener.StartAsync();

    public async Task DisposeAsync()
    {
        _end.SetResult();
        await _listener.DisposeAsync();
    }

    [Fact]
    public async Task Chart_IsTheRecordStores_AfterALimit_AndThenForAWhileAtOnce()
    {
        var clock = new ManualTimeProvider((LongChart.From + LongChart.Length).ToDateTimeOffset());
        await using var chart = new LongChart(new InfluxOptions { Address = new Uri(_listener.Urls.First()) }, clock);
        await chart.MeasureAsync(LongChart.From, LongChart.At(7, 0));
        await chart.ProjectAsync();
        await chart.CompareAsync();

        var waiting = chart.FromCopyAsync();
        await InfluxServer.UntilAsync(() => Task.FromResult(Volatile.Read(ref _charts) == 1));
        waiting.IsCompleted.Should().BeFalse("it waits for the answer");
        clock.Advance(InfluxLines.AnswerWithin);
        (await waiting).Source.Should().Be(new LineSource(CopyState.NoAnswer));

        (await chart.FromCopyAsync()).Source.Should().Be(new LineSource(CopyState.NoAnswer));
        Volatile.Read(ref _charts).Should().Be(1, "nobody waits again at once");

        clock.Advance(InfluxLines.RestAfterFailure);
        var again = chart.FromCopyAsync();
        await InfluxServer.UntilAsync(() => Task.FromResult(Volatile.Read(ref _charts) == 2));
        clock.Advance(InfluxLines.AnswerWithin);
        (await again).Source.Should().Be(new LineSource(CopyState.NoAnswer));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/write")
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (context.Request.Query["q"].ToString().StartsWith("SELECT min", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _charts);
            await _end.Task;
        }

        await context.Response.WriteAsync("""{"results":[{"statement_id":0}]}""");
    }
}
