using ColdChain.Core.Excursions;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>One sample of one probe.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="At">When it was measured.</param>
/// <param name="Celsius">The calibrated temperature, as it is judged; null for a state or a fault.</param>
/// <param name="MeasuredCelsius">The temperature as measured; null for a state or a fault.</param>
/// <param name="State">The state of a signal: true for an open door, present mains, a running agitator; null for a temperature or a fault.</param>
/// <param name="Fault">Why there is neither; null for a good sample.</param>
/// <param name="Device">The device that took it.</param>
/// <param name="Epoch">The outbox of that device.</param>
/// <param name="Seq">Its number within that outbox.</param>
/// <param name="AlarmTest">True while the alarm of the probe was tested: it counts as unknown, whatever the temperature.</param>
internal sealed record ReadingResponse(
    string Probe, string At, decimal? Celsius, decimal? MeasuredCelsius, bool? State, string? Fault, string Device, string Epoch, long Seq, bool AlarmTest);

/// <summary>The readings of a storage unit.</summary>
internal static class ReadingEndpoint
{
    private const int UsualMax = 1000;
    private const int MostMax = 10_000;
    private static readonly TimeSpan SpanMax = TimeSpan.FromDays(92);
    private static readonly TimeSpan Step = TimeSpan.FromDays(1);
    private static readonly TimeSpan OneMillisecond = TimeSpan.FromMilliseconds(1);

    public static void MapReadings(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/readings", All)
            .WithSummary("What the probes of a storage unit measured in [from, to); the header Link tells where a cut answer goes on")
            .Needs(Permission.See)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static Ok<ReadingResponse[]> All(string? unit, string? from, string? to, string? max, Caller caller, Sources sources, HttpContext context)
    {
        var storageUnit = ContentsEntry.Required(sources.Fleet, Parameters.Unit(unit));
        caller.Require(Permission.See, sources.Fleet, storageUnit.Id);
        var (start, end) = (Parameters.Instant("from", from), Parameters.Instant("to", to));
        RequireSpan(start, end);
        var most = Parameters.Max(max, UsualMax, MostMax);
        var (readings, tests) = sources.Store.Read(session => (Read(session, storageUnit, start, end, most), WindowStore.AlarmTests(session, storageUnit.Id)));
        if (readings.Count > most)
        {
            readings = WithWholeInstant(readings, most);
            NextPage.Announce(context, "from", readings[^1].Reading.MeasuredAt!.Value + OneMillisecond); // Only readings with an instant are read.
        }

        return TypedResults.Ok(readings.Select(item => Response(item.Reading, item.OffsetMilli, tests)).ToArray());
    }

    private static void RequireSpan(Instant start, Instant end)
    {
        if (end <= start || end - start > SpanMax)
        {
            throw new RefusalException(
                RefusalKind.Invalid, "to", $"{end} is not within {SpanMax.TotalDays} days after {start}", $"ask for a span of more than nothing and at most {SpanMax.TotalDays} days");
        }
    }

    /// <summary>Day by day, until there are more than enough: a page must not cost as much as the whole span.</summary>
    private static List<(Reading Reading, int OffsetMilli)> Read(StoreSession session, StorageUnit unit, Instant start, Instant end, int max)
    {
        var found = new List<(Reading, int)>();
        for (var at = start; at < end && found.Count <= max; at += Step)
        {
            var to = Instant.Min(at + Step, end) - OneMillisecond;
            var probes = unit.History.SelectMany(Channels).Select(channel => channel.Id).Distinct().ToList();
            foreach (var reading in ReadingReader.Read(session, probes, at, to))
            {
                // A probe may have stood elsewhere at that time, and been calibrated otherwise.
                foreach (var channel in Channels(unit.PeriodAt(reading.MeasuredAt!.Value)).Where(channel => channel.Id == reading.Probe)) // Only those with an instant are read.
                {
                    found.Add((reading, channel.OffsetMilli));
                }
            }
        }

        return found;
    }

    private static IEnumerable<(ProbeId Id, int OffsetMilli)> Channels(UnitPeriod? period) => period is null
        ? []
        : period.Probes.Select(probe => (probe.Id, probe.CalibrationOffsetMilli)).Concat(period.Signals.Select(signal => (signal.Id, 0)));

    /// <summary>A page never ends within an instant, so that the next one can begin after it.</summary>
    private static List<(Reading Reading, int OffsetMilli)> WithWholeInstant(List<(Reading Reading, int OffsetMilli)> readings, int max)
    {
        var last = readings[max - 1].Reading.MeasuredAt;
        return [.. readings.TakeWhile((item, index) => index < max || item.Reading.MeasuredAt == last)];
    }

    private static ReadingResponse Response(Reading reading, int offsetMilli, List<AlarmTest> tests) => new(
        reading.Probe.ToString(),
        $"{reading.MeasuredAt}",
        reading.Value is { } value ? (value.Milli + offsetMilli) / 1000m : null,
        reading.Value?.ToDegrees(),
        reading.State,
        reading.Fault,
        reading.Key.Device.Value,
        reading.Key.Epoch,
        reading.Key.Seq,
        tests.Exists(test => test.Covers(reading.Probe, reading.MeasuredAt!.Value))); // Only readings with an instant are read.
}
