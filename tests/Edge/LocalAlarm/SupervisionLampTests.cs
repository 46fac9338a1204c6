using ColdChain.Edge.LocalAlarm;
using ColdChain.Edge.Tests.Support;

namespace ColdChain.Edge.Tests.LocalAlarm;

/// <summary>A device that nobody watches over says so where it stands.</summary>
public sealed class SupervisionLampTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new(Some.Noon);
    private readonly ListLogger _log = new();
    private readonly Supervision _supervision;

    public SupervisionLampTests() => _supervision = new Supervision(_time);

    private string Brightness => _folder.File("class/leds/not-supervised/brightness");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Supervision_IsThereFor180SecondsAfterAStatement_AndNotBeforeTheFirst()
    {
        _supervision.IsThere.Should().BeFalse("nobody has answered yet");

        _supervision.Mark();

        _supervision.IsThere.Should().BeTrue();
        _time.Advance(Supervision.Within);
        _supervision.IsThere.Should().BeTrue("the limit is included");
        _time.Advance(Moment);
        _supervision.IsThere.Should().BeFalse();
    }

    [Fact]
    public void Supervision_ByATimeSinceTheBoot_DoesNotCareForTheWallClock()
    {
        _supervision.Mark();

        _time.Set(Some.Noon + TimeSpan.FromDays(400));

        _supervision.IsThere.Should().BeTrue();
    }

    [Fact]
    public async Task Lamp_IsOnUntilTheServerStates_AndAgainWhenItDoesNotAnyMore_AndAtTheEnd()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync(AsDriver("0"), stop.Token);
        await ShowsAsync("1");

        _supervision.Mark();
        await PassAsync(SupervisionLamp.Every);
        await ShowsAsync("0");

        await PassAsync(Supervision.Within);
        await ShowsAsync("1");

        _supervision.Mark();
        await PassAsync(SupervisionLamp.Every);
        await ShowsAsync("0");

        await stop.CancelAsync();
        await running.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        await ShowsAsync("1");
        _log.Lines.Should().HaveCount(5, "each change is told once");
    }

    [Fact]
    public async Task Lamp_ThatSomebodyElseSwitched_IsRightAgain()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync(AsDriver("0"), stop.Token);
        await ShowsAsync("1");

        await File.WriteAllTextAsync(Brightness, "0");
        await PassAsync(SupervisionLamp.Every);

        await ShowsAsync("1");
        await stop.CancelAsync();
        await running.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Lamp_ThatIsMissing_IsToldOnce_AndWorksWhenItIsThere()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync(new LedLamp("not-supervised", _folder.File("")), stop.Token);
        await PassAsync(SupervisionLamp.Every);
        await PassAsync(SupervisionLamp.Every);

        AsDriver("0");
        await PassAsync(SupervisionLamp.Every);

        await ShowsAsync("1");
        _log.Lines.Should().ContainSingle(line => line.StartsWith("Error: The lamp 'not supervised' cannot be switched", StringComparison.Ordinal));
        await stop.CancelAsync();
        await running.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    private Task RunAsync(ILamp lamp, CancellationToken cancellation) => new SupervisionLamp(lamp, _supervision, _time, _log).RunAsync(cancellation);

    // A driver's file is there before anybody writes to it.
    private LedLamp AsDriver(string brightness)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Brightness)!);
        File.WriteAllText(Brightness, brightness);
        return new LedLamp("not-supervised", _folder.File(""));
    }

    private async Task PassAsync(TimeSpan time)
    {
        await _time.UntilSomeoneWaitsAsync();
        for (var passed = TimeSpan.Zero; passed < time; passed += SupervisionLamp.Every)
        {
            _time.Advance(SupervisionLamp.Every);
            await _time.UntilSomeoneWaitsAsync();
        }
    }

    private Task ShowsAsync(string brightness) => Eventually.TrueAsync(() => File.ReadAllText(Brightness).Trim() == brightness);
}
