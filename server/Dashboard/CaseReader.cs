using ColdChain.Core.Isbt;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard;

/// <summary>Reads what the pages show on which people work on what is held.</summary>
internal sealed class CaseReader(RecordStore store, FleetView fleet, UnverifiedFigures figures)
{
    /// <summary>A page lists at most so many holds; ones whose ground was removed come first.</summary>
    public const int HoldsMax = 300;

    // Of other sites, too: what a person does not see is left out afterwards.
    private const int HoldsReadMax = 20_000;

    /// <summary>The work on a ground; null when there is none of that number.</summary>
    public CaseView? Read(Ground ground, Caller caller) => store.Read(session =>
    {
        if (ground.Unit(session) is not { } unit || ground.Version(session) is not { } version)
        {
            return null;
        }

        var current = fleet.Current;
        var (known, site) = (current.FindUnit(unit), current.FindSite(current.FindUnit(unit)?.Site ?? ""));
        return new CaseView
        {
            Path = ground.ExposureId is { } number ? $"/exposures/{number}/case" : $"/excursions/{ground.FindingId}/case",
            Finding = FindingStore.Find(session, ground.FindingId) is { } row ? UnitReader.FindingOf(row, LookbackStore.OfFinding(session, ground.FindingId).Count) : null,
            Exposure = ground.ExposureId,
            Version = version,
            UnitId = unit.Value,
            UnitName = known?.Name ?? unit.Value,
            SiteName = site?.Name ?? "",
            Zone = site?.Zone ?? TimeZoneInfo.Utc,
            Entries = [.. CaseStore.Of(session, ground).Select(entry => new CaseEntryView(entry.Kind, entry.Word, entry.Note, entry.By, entry.At, entry.Version != version))],
            Decisions = DecisionsOf(session, ground.Holds(session), caller),
            MayAcknowledge = caller.Account is not null && caller.Rights.Allow(Permission.Acknowledge, current.PlaceOf(unit)),
        };
    });

    /// <summary>The holds that stand and that a caller sees.</summary>
    public HoldsListView Read(HoldsSearchView search, Caller caller) => store.Read(session =>
    {
        var current = fleet.Current;
        var donation = string.IsNullOrWhiteSpace(search.Donation) ? null : DonationNumber.TryParse(search.Donation, out var number, out _) ? number.Value : search.Donation.Trim();
        var unit = StorageUnitId.TryParse(search.Unit, out var id) ? id : (StorageUnitId?)null;
        var state = search.State is HoldWords.Held or HoldWords.GroundRemoved ? search.State : null;
        var holds = HoldStore.Standing(session, unit, donation, state, HoldsReadMax).Where(hold => caller.Sees(current, hold.Unit)).Take(HoldsMax + 1).ToList();
        return new HoldsListView
        {
            Search = search,
            Units = [.. current.Units.Where(known => caller.Sees(current, known.Id)).Select(known => new SiteView(known.Id.Value, known.Name))],
            Decisions = DecisionsOf(session, [.. holds.Take(HoldsMax)], caller),
            IsCut = holds.Count > HoldsMax,
        };
    });

    /// <summary>A signed decision, as pages show it.</summary>
    public static DecisionView DecisionOf(DecisionRow row) =>
        new(DecisionWords.Of(row.Kind), row.Display, row.SignedBy, row.SignedAt, row.Zone, row.Meaning, row.Reason, row.Sha256);

    private DecisionsView DecisionsOf(StoreSession session, IReadOnlyList<HoldRow> holds, Caller caller)
    {
        var versions = holds.Select(hold => hold.Ground).Distinct().ToDictionary(ground => ground, ground => ground.Version(session)!.Value); // A hold refers to its ground.
        var decisions = versions.Keys.SelectMany(ground => ground.ExposureId is { } exposure ? DecisionStore.StandingOnExposure(session, exposure) : DecisionStore.Standing(session, ground.FindingId))
            .GroupBy(decision => decision.HoldId).ToDictionary(same => same.Key, same => same.Last());
        return new DecisionsView
        {
            Holds = [.. holds.Select(hold => ChoiceOf(hold, versions[hold.Ground], ProposalStore.OfHold(session, hold.Id), hold.Stands ? null : decisions.GetValueOrDefault(hold.Id)))],
            UnverifiedFigures = [.. versions.Keys.SelectMany(ground => figures.Of(session, ground)).Distinct()],
            MayPropose = Everywhere(Permission.Propose),
            MayDecide = Everywhere(Permission.Decide),
        };

        bool Everywhere(Permission what) => caller.Account is not null && holds.Any(hold => caller.Rights.Allow(what, fleet.Current.PlaceOf(hold.Unit)));
    }

    private HoldChoiceView ChoiceOf(HoldRow hold, int version, ProposalRow? proposal, DecisionRow? decision) => new()
    {
        Id = hold.Id,
        Version = version,
        Finding = hold.ExposureId is null ? hold.FindingId : null,
        Exposure = hold.ExposureId,
        UnitId = hold.Unit.Value,
        UnitName = fleet.Current.FindUnit(hold.Unit)?.Name ?? hold.Unit.Value,
        Donation = hold.Donation,
        Product = hold.Product,
        Since = hold.Since,
        IsGroundRemoved = hold.State == HoldWords.GroundRemoved,
        Proposal = proposal is null ? null : new ProposalView(DecisionWords.Of(proposal.Kind), proposal.Reason, proposal.By, proposal.At, proposal.Version != version),
        Decision = decision is null ? null : DecisionOf(decision),
    };
}
