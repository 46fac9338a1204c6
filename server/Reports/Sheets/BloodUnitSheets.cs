using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>The blood units that were inside, their holds and what was decided, and what they exceeded.</summary>
internal static class BloodUnitSheets
{
    public static Sheet BloodUnits(IReadOnlyList<BloodUnitContent> bloodUnits, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<BloodUnitContent>(frame, texts.SheetBloodUnits)
            .Text(texts.SheetDonation, row => row.Donation)
            .Text(texts.SheetProduct, row => row.Product)
            .Time(texts.SheetInAt, row => row.InAt)
            .Time(texts.SheetOutAt, row => row.OutAt, texts.SheetStillInside)
            .Minutes(texts.SheetExposed, row => row.Exposed)
            .YesNo(texts.SheetLeftBefore, row => row.LeftBefore)
            .YesNo(texts.SheetLeftSince, row => row.LeftSince)
            .Text(texts.SheetWentTo, row => row.WentTo ?? (row.LeftBefore || row.LeftSince ? texts.SheetNotKnown : null))
            .Text(texts.SheetFollowUp, row => row.FollowUp is { } word ? texts.Common.OfFollowUp(word) : row.LeftBefore || row.LeftSince ? texts.SheetNotRecorded : null)
            .Whole(texts.SheetHold, row => row.Hold?.Id)
            .Text(texts.SheetHoldState, row => row.Hold is { } hold ? frame.Texts.OfHoldState(hold.State) : texts.SheetNotHeld)
            .Time(texts.SheetHeldSince, row => row.Hold?.Since)
            .Time(texts.SheetPlacedAt, row => row.Hold?.PlacedAt)
            .Text(texts.SheetDecision, row => row.Hold is { } hold ? DecisionOf(hold, frame) : null)
            .Whole(texts.SheetExceededCount, row => row.Exceeded.Count)
            .Of(bloodUnits);
    }

    /// <summary>Every decision about a hold, that of the storage unit itself first, those that were re-opened included.</summary>
    public static Sheet Decisions(ExcursionContent excursion, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<Decided>(frame, texts.SheetDecisions)
            .Text(texts.SheetDonation, row => row.BloodUnit?.Donation ?? texts.SheetWholeUnit)
            .Text(texts.SheetProduct, row => row.BloodUnit?.Product)
            .Whole(texts.SheetHold, row => row.Hold.Id)
            .Text(texts.SheetHoldState, row => frame.Texts.OfHoldState(row.Hold.State))
            .Time(texts.SheetHeldSince, row => row.Hold.Since)
            .Time(texts.SheetPlacedAt, row => row.Hold.PlacedAt)
            .Whole(texts.SheetDecisionId, row => row.Decision?.Id)
            .Text(texts.SheetDecision, row => row.Decision is { } decision ? texts.Common.OfDecision(decision.Kind) : texts.SheetUndecidedYet)
            .Text(texts.SheetName, row => row.Decision?.Name)
            .Text(texts.SheetAccount, row => row.Decision?.Account)
            .Time(texts.SheetSignedAt, row => row.Decision?.SignedAt)
            .LongText(texts.SheetMeaning, row => row.Decision is { } decision ? texts.Common.OfMeaning(decision.Meaning) : null)
            .LongText(texts.SheetReason, row => row.Decision?.Reason)
            .LongText(texts.SheetDecisionHash, row => row.Decision?.Sha256)
            .Time(texts.SheetReopenedAt, row => row.Decision?.ReopenedAt)
            .LongText(texts.SheetReopenedWhy, row => row.Decision?.ReopenedWhy)
            .Of(All(excursion));
    }

    public static Sheet Exceeded(IReadOnlyList<BloodUnitContent> bloodUnits, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<(BloodUnitContent BloodUnit, ExceededContent Exceeded)>(frame, texts.SheetExceeded)
            .Text(texts.SheetDonation, row => row.BloodUnit.Donation)
            .Text(texts.SheetProduct, row => row.BloodUnit.Product)
            .Whole(texts.SheetExposure, row => row.Exceeded.Exposure)
            .Text(texts.SheetAllowance, row => texts.OfAllowance(row.Exceeded.Allowance))
            .Text(texts.SheetVerdict, row => frame.Texts.OfVerdict(row.Exceeded.Verdict))
            .YesNo(texts.SheetOnlyPossible, row => row.Exceeded.OnlyPossible)
            .Time(texts.SheetSince, row => row.Exceeded.Since)
            .Of(bloodUnits.SelectMany(bloodUnit => bloodUnit.Exceeded.Select(exceeded => (bloodUnit, exceeded))));
    }

    private static IEnumerable<Decided> All(ExcursionContent excursion) =>
    [
        .. excursion.StorageUnitHold is { } hold ? Of(null, hold) : [],
        .. excursion.BloodUnits.SelectMany(bloodUnit => bloodUnit.Hold is { } own ? Of(bloodUnit, own) : []),
    ];

    // A hold about which nothing is decided has a line as well: that is what has to be seen.
    private static IEnumerable<Decided> Of(BloodUnitContent? bloodUnit, HoldContent hold) =>
        hold.Decisions.Count == 0 ? [new(bloodUnit, hold, null)] : hold.Decisions.Select(decision => new Decided(bloodUnit, hold, decision));

    private static string DecisionOf(HoldContent hold, SheetFrame frame) =>
        hold.Standing() is { } standing ? frame.Texts.Common.OfDecision(standing.Kind) : frame.Texts.SheetUndecidedYet;

    private sealed record Decided(BloodUnitContent? BloodUnit, HoldContent Hold, DecisionContent? Decision);
}
