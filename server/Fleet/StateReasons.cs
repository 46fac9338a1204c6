using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>Decides the state in which a storage unit may be shown, and says why.</summary>
internal static class StateReasons
{
    /// <summary>
    /// How long fresh work may wait before it is called late. The evaluator needs milliseconds; without this, a unit would show as
    /// unverified for a moment at each reading.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static (StorageState State, IReadOnlyList<string> Reasons) Of(UnitFacts facts, UnitPeriod? period, Instant now)
    {
        if (period is null)
        {
            return (StorageState.Unknown, ["It is out of use: the fleet file has no period of it for this time."]);
        }

        if (facts.Row is not { } row)
        {
            return (StorageState.Unknown, ["It has never been judged."]);
        }

        var judged = StateWords.Read(row.Status);
        var doubts = Doubts(facts, row, period, now);
        var state = doubts.Count > 0 && judged < StorageState.Unverified ? StorageState.Unverified : judged;
        return (state, [.. OfJudgement(judged, row), .. OfSilence(facts, period, state), .. doubts]);
    }

    /// <summary>Said of unknown time that a device may be about to explain.</summary>
    public static string Postponed(Instant from) => $"Unknown time from {from} on is not decided: a device may be about to deliver what was measured.";

    private static IEnumerable<string> OfJudgement(StorageState judged, UnitStateRow row) => judged switch
    {
        StorageState.OutOfRange when row.Celsius is { } celsius && !(celsius < row.Low) && !(celsius > row.High) =>
            ["A deciding probe was outside its limits, and is not yet far enough inside again for the alarm to end."],
        StorageState.OutOfRange => ["A deciding probe is outside its limits."],
        StorageState.Unknown => [row.MeasuredAt is { } at
            ? $"Its temperature is unknown; the last one is of {at}."
            : "Its temperature is unknown; no deciding probe has given one yet."],
        StorageState.Unverified => [row.MeasuredAt is { } at
            ? $"Nothing has been heard of a deciding probe since {at}; its device may still hold the readings."
            : "No deciding probe has given a temperature yet."],
        _ => [],
    };

    /// <summary>Why nothing comes: said where that is why nobody knows better, and never a reason for a better state.</summary>
    private static IEnumerable<string> OfSilence(UnitFacts facts, UnitPeriod period, StorageState state) => state < StorageState.Unverified
        ? []
        : period.Devices.Select(facts.Silences.CauseOf).OfType<SilenceRow>().Distinct().Select(cause => cause.Scope switch
        {
            SilenceScope.Server => $"The server hears no device since {cause.Since}: its connection to the broker is lost.",
            SilenceScope.Site => $"No device of site {cause.Subject} has been heard since {cause.Since}.",
            _ => $"Device {cause.Subject} has not been heard since {cause.Since}.",
        });

    private static List<string> Doubts(UnitFacts facts, UnitStateRow row, UnitPeriod period, Instant now)
    {
        var doubts = new List<string>();
        if (facts.Marks is { } marks && marks.From < now - Patience)
        {
            doubts.Add(marks.From == Instant.Beginning ? "It waits to be judged again as a whole." : $"What has come about {marks.From} and later waits to be judged.");
        }

        if (row.NextDeadline is { } deadline && deadline < now - Patience)
        {
            doubts.Add($"It should have been judged again at {deadline}.");
        }

        if (row.ReviewFrom is { } postponed)
        {
            doubts.Add(Postponed(postponed));
        }

        var devices = period.Probes.Select(probe => probe.Id.Device).Distinct().Select(device => (Id: device, Streams: facts.Streams(device))).ToList();
        doubts.AddRange(devices.Select(device => (device.Id, facts.Undated(device.Id, device.Streams).Awaited)).Where(device => device.Awaited > 0).Select(Undated));
        var streams = devices.ConvertAll(device => device.Streams);
        doubts.AddRange(streams.SelectMany(ofDevice => ofDevice.Owing).Select(Owed));
        doubts.AddRange(streams.SelectMany(ofDevice => ofDevice.InOrder).Where(stream => IsAhead(stream.LatestAt, now)).Take(1).Select(_ => ClockBehind(now)));
        return doubts;
    }

    /// <summary>
    /// True for a measurement that no clock in order would have let in: the server's was set back since. Silence is not noticed then until it
    /// has caught up.
    /// </summary>
    public static bool IsAhead(Instant? measuredAt, Instant now) => measuredAt > now + ClockLimits.AheadMax;

    /// <summary>Said when the server holds such a measurement.</summary>
    public static string ClockBehind(Instant now) => $"The server's clock says {now}, and it holds readings of later than that: set it right.";

    private static string Undated((DeviceId Device, long Readings) undated) =>
        $"Device {undated.Device} has delivered {undated.Readings} readings measured while its clock was not set; they count once it is.";

    private static string Owed(StreamRow stream) => $"Device {stream.Device} has yet to deliver {stream.Owed().Count} readings between those it delivered.";
}
