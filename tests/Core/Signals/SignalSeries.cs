using System.Globalization;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Signals;

namespace ColdChain.Core.Tests.Signals;

/// <summary>
/// Samples of a signal in one line: <c>0:on 5:off</c> is minute:state; <c>x</c> is a fault, <c>on|off</c> two claims, a number a temperature.
/// Minutes count from <see cref="Some.Noon"/>. Conditions are written the same way: <c>DoorOpen 5-17 raised 8</c>.
/// </summary>
internal static class SignalSeries
{
    public static readonly ProbeId Signal = new(new DeviceId("pi-1"), "signal");

    public static Instant Minute(double minutes) => Some.Noon + TimeSpan.FromMinutes(minutes);

    public static IEnumerable<Sample> Parse(string series) =>
        series.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(':')).Select(pair => One(Minute(Number(pair[0])), pair[1]));

    /// <summary>What is told when nothing more comes up to a minute; without one, only what the samples have settled.</summary>
    public static IReadOnlyList<string> Told(string series, IReadOnlyList<SignalSpan> spans, double? now = null)
    {
        var judge = new SignalJudge(Signal, spans);
        var track = judge.Start;
        var conditions = new List<Condition>();
        foreach (var sample in Parse(series))
        {
            judge.Fold(ref track, sample, conditions);
        }

        if (now is { } minute)
        {
            judge.Tail(track, Minute(minute), conditions);
        }

        return [.. conditions.Select(Text)];
    }

    public static IReadOnlyList<string> Told(string series, SignalRule rule, double? now = null) =>
        Told(series, [new SignalSpan(Minute(0), Instant.End, rule)], now);

    public static string Text(Condition condition) => string.Create(
        CultureInfo.InvariantCulture,
        $"{condition.Kind} {Of(condition.Start)}-{(condition.End is { } end ? Of(end) : "")} raised {Of(condition.RaisedAt)}{(condition.SettledAt is null ? " open" : "")}");

    private static Sample One(Instant at, string text) => text.Split('|').Select(claim => claim switch
    {
        "x" => Sample.Fault(at),
        "on" => Sample.OfState(at, isOn: true),
        "off" => Sample.OfState(at, isOn: false),
        _ => Sample.Good(at, Celsius.FromMilli((int)(Number(claim) * 1000))),
    }).Aggregate((a, b) => a.And(b));

    private static double Of(Instant at) => (at - Some.Noon).TotalMinutes;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
