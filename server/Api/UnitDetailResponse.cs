using ColdChain.Core.Excursions;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api;

/// <summary>A storage unit with everything that bears on it now.</summary>
/// <param name="Unit">The same as in the list of all.</param>
/// <param name="Forecast">How its temperature changes, and which limit it moves to; null when that cannot be told now.</param>
/// <param name="Rule">By what it is judged; null when it is out of use.</param>
/// <param name="Probes">The probes that stand in it now.</param>
/// <param name="Contents">The blood units inside now.</param>
/// <param name="Holds">The holds that stand, oldest first.</param>
/// <param name="Excursions">The excursions whose end was not seen.</param>
/// <param name="UnknownTimes">The unknown times beyond their limit that go on.</param>
/// <param name="Signals">The door, mains and agitation signals that belong to it now.</param>
/// <param name="Conditions">What explains and holds nothing, such as an open door: what goes on, and what was within the last 24 hours, the newest first.</param>
/// <param name="Windows">Maintenance and alarm tests that run or are to come, the earliest first.</param>
internal sealed record UnitDetailResponse(
    UnitResponse Unit,
    ForecastResponse? Forecast,
    RuleResponse? Rule,
    IReadOnlyList<ProbeResponse> Probes,
    IReadOnlyList<StayResponse> Contents,
    IReadOnlyList<HoldResponse> Holds,
    IReadOnlyList<ExcursionResponse> Excursions,
    IReadOnlyList<UnknownTimeResponse> UnknownTimes,
    IReadOnlyList<SignalResponse> Signals,
    IReadOnlyList<ConditionResponse> Conditions,
    IReadOnlyList<WindowResponse> Windows);

/// <summary>What is to be expected of a storage unit if it goes on as in the last half hour: an estimate, by which nothing is judged.</summary>
/// <param name="Probe">The load probe that tells it.</param>
/// <param name="CelsiusPerHour">How fast it changes; negative when it cools.</param>
/// <param name="Limit">The limit that it reaches next, or the red line when it is out already; null when it moves to none within 24 hours.</param>
/// <param name="ReachesAt">When it does; null likewise.</param>
internal sealed record ForecastResponse(string Probe, decimal CelsiusPerHour, decimal? Limit, string? ReachesAt)
{
    public static ForecastResponse Of(Forecast forecast) => new(
        forecast.Probe.ToString(), Math.Round((decimal)forecast.Trend.PerHour, 2), forecast.Limit?.ToDegrees(), forecast.ReachesAt?.ToString());
}

/// <summary>A probe in a storage unit.</summary>
/// <param name="Probe">Its id, device and name.</param>
/// <param name="Role">load decides, air only warns.</param>
/// <param name="CalibrationOffset">Degrees added to what it measures.</param>
/// <param name="DeviceLastHeardAt">When its device last sent anything; null for never.</param>
internal sealed record ProbeResponse(string Probe, string Role, decimal CalibrationOffset, string? DeviceLastHeardAt)
{
    public static ProbeResponse Of(StoreSession session, FleetProbe probe) => new(
        probe.Id.ToString(),
        probe.Role.ToString().ToLowerInvariant(),
        probe.CalibrationOffsetMilli / 1000m,
        DeviceResponse.LastHeard(StreamStore.OfDevice(session, probe.Id.Device))?.ToString());
}

/// <summary>A signal of a storage unit.</summary>
/// <param name="Signal">Its id, device and name.</param>
/// <param name="Kind">door, mains or agitation.</param>
internal sealed record SignalResponse(string Signal, string Kind)
{
    public static SignalResponse Of(FleetSignal signal) => new(signal.Id.ToString(), signal.Kind.ToString().ToLowerInvariant());
}

/// <summary>Something that a person should know of a storage unit. It explains; it neither holds anything nor keeps anything from being held.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">What it is, such as door-open, mains-lost, agitation-stopped, probe-stuck.</param>
/// <param name="Probe">The probe or signal that showed it.</param>
/// <param name="Start">The first instant.</param>
/// <param name="RaisedAt">When it had lasted for its delay.</param>
/// <param name="End">The instant after the last; null while it goes on, or when the end was not seen.</param>
/// <param name="GoesOn">True while it has not ended as far as is known.</param>
/// <param name="FoundLate">True when data that came late brought it to light.</param>
/// <param name="DiscoveredAt">When the server found it.</param>
internal sealed record ConditionResponse(
    long Id, string Kind, string Probe, string Start, string RaisedAt, string? End, bool GoesOn, bool FoundLate, string DiscoveredAt)
{
    public static ConditionResponse Of(ConditionRow row) => new(
        row.Id,
        ConditionWords.Of(row.Condition.Kind),
        row.Condition.Probe.ToString(),
        $"{row.Condition.Start}",
        $"{row.Condition.RaisedAt}",
        row.Condition.End?.ToString(),
        row.Condition.GoesOn,
        row.FoundLate,
        $"{row.DiscoveredAt}");
}

/// <summary>The rule by which a storage unit is judged. Limits are included.</summary>
/// <param name="Pack">The rule pack.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">SHA-256 of the pack's file.</param>
/// <param name="Status">Whether a quality unit has accepted the pack.</param>
/// <param name="Product">The product whose rule it is.</param>
/// <param name="Context">storage, transport or bench.</param>
/// <param name="Low">The lowest temperature in range.</param>
/// <param name="High">The highest temperature in range.</param>
/// <param name="AlarmDelaySeconds">How long a load probe may be outside before it becomes an excursion.</param>
/// <param name="UnknownLimitSeconds">How long the temperature may be unknown before the contents are held.</param>
/// <param name="UnverifiedFigures">Its figures that nobody has read in their source yet.</param>
internal sealed record RuleResponse(
    string Pack,
    string Version,
    string Hash,
    string Status,
    string Product,
    string Context,
    decimal? Low,
    decimal? High,
    long AlarmDelaySeconds,
    long UnknownLimitSeconds,
    IReadOnlyList<FigureResponse> UnverifiedFigures)
{
    public static RuleResponse Of(IReadOnlyList<RulePack> packs, UnitPeriod period)
    {
        var (pack, rule) = (packs.First(pack => pack.Id == period.RulePackId), ContentsMatch.OfPeriod(packs, period));
        return new RuleResponse(
            pack.Id,
            pack.Version,
            pack.Hash,
            pack.Status,
            rule.Product,
            rule.Context.ToString().ToLowerInvariant(),
            rule.Low?.ToDegrees(),
            rule.High?.ToDegrees(),
            (long)rule.LoadDelay.TotalSeconds,
            (long)rule.UnknownLimit.TotalSeconds,
            [.. rule.Figures.Where(figure => figure.Status == FigureStatus.FromMemory).Select(figure => FigureResponse.Of(rule, figure))]);
    }
}

/// <summary>A figure of a rule that is remembered and not yet read in its source.</summary>
/// <param name="Product">Whose rule it is in.</param>
/// <param name="Figure">Which figure, by its keys in the rule pack.</param>
/// <param name="Value">Degrees Celsius, seconds or a count, as the name says.</param>
/// <param name="Source">Where it is said to come from.</param>
internal sealed record FigureResponse(string Product, string Figure, decimal Value, string Source)
{
    public static FigureResponse Of(StorageRule rule, Figure figure) => new(rule.Product, figure.Name, figure.Value, figure.Source);
}
