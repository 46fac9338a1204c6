using ColdChain.Core.Exposure;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>
/// What people have signed to be no obstacle to a blood unit: what its rules do not allow still happened to it, and a release that stands says that it
/// may be used all the same. It covers what was signed, and nothing that has become known since.
/// </summary>
internal sealed class Released
{
    private readonly List<ExposureRow> _exposures;
    private readonly List<FindingRow> _findings;

    private Released(List<ExposureRow> exposures, List<FindingRow> findings) => (_exposures, _findings) = (exposures, findings);

    public static Released Of(StoreSession session, string donation, string product)
    {
        var releases = DecisionStore.StandingOnBloodUnit(session, donation, product).FindAll(decision => decision.Kind == DecisionKind.Release);
        return new Released(
            [.. releases.Select(decision => decision.ExposureId).OfType<long>().Select(id => ExposureStore.Find(session, id)).OfType<ExposureRow>()],
            [.. releases.Where(decision => decision.ExposureId is null).Select(decision => FindingStore.Find(session, decision.FindingId)).OfType<FindingRow>()]);
    }

    /// <summary>True when all of it was signed: as an exposure of its own, or time after time by excursions, where those say it already.</summary>
    public bool Covers(AllowanceExposure one) => _exposures.Exists(row => row.Allowance == one.Key)
        || (one is { Allowance.Kind: AllowanceKind.Limits, IsOnlyPossible: false }
            && !(one.Longest.Known > one.Allowance.MaxSingle)
            && one.Times.Where(time => time.IsKnown).All(time => _findings.Exists(row => row.Unit == time.Unit && Touches(row, time))));

    private static bool Touches(FindingRow row, ExposedTime time) => row.Finding.Stretch.Start <= time.Time.End && time.Time.Start <= row.Finding.Stretch.ExposureEnd;
}
