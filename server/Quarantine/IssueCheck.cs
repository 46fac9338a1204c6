using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>May this blood unit be issued, as far as its storage tells?</summary>
/// <param name="Answer"><c>yes</c>, <c>no</c> or <c>unknown</c>.</param>
/// <param name="Unit">The storage unit in which it is; null when it is in none, or in several.</param>
/// <param name="Reasons">Everything that speaks against, each as a sentence; empty for yes.</param>
/// <param name="UnverifiedFigures">The remembered figures that the answer rests on.</param>
internal sealed record IssueAnswer(string Answer, StorageUnitId? Unit, IReadOnlyList<string> Reasons, IReadOnlyList<(StorageRule Rule, Figure Figure)> UnverifiedFigures);

/// <summary>
/// The question before blood is issued. It says no for what is held, yes only when the whole storage is judged up to now and nothing
/// speaks against it, and unknown for everything else: unknown never becomes yes by default.
/// </summary>
internal static class IssueCheck
{
    public const string Yes = "yes";
    public const string No = "no";
    public const string Unknown = "unknown";

    public static IssueAnswer Ask(
        StoreSession session, FleetHistory fleet, IReadOnlyList<RulePack> packs, Placements placements, BloodUnit bloodUnit, StoreHealth health, Instant now)
    {
        List<string> holds =
        [
            .. HoldStore.OfBloodUnit(session, bloodUnit.Donation, bloodUnit.Product).Where(hold => hold.Stands).Select(OfHold),
            .. DecisionStore.StandingOnBloodUnit(session, bloodUnit.Donation, bloodUnit.Product).Where(decision => decision.Kind != DecisionKind.Release).Select(OfDecision),
        ];
        var stays = ContentsStore.OfBloodUnit(session, bloodUnit.Donation, bloodUnit.Product);
        var (past, present) = (stays.Where(stay => stay.OutAt <= now), stays.Where(stay => stay.InAt <= now && !(stay.OutAt <= now)).ToList());
        List<string> doubts =
        [
            .. OfHealth(health),
            .. OfPlace(stays, present),
            .. present.SelectMany(stay => PresentStay.Doubts(session, fleet, packs, stay, now)),
            .. past.SelectMany(stay => PastStay.Doubts(session, fleet, packs, stay, now)),
            .. WholeLife.Doubts(session, placements, stays, holds.Count > 0, now),
        ];
        return new IssueAnswer(
            holds.Count > 0 ? No : doubts.Count > 0 ? Unknown : Yes,
            present is [var only] ? only.Unit : null,
            [.. holds, .. doubts],
            [.. present.SelectMany(stay => StorageRules.Of(fleet, packs, stay, now)).Distinct().SelectMany(Unverified)]);
    }

    private static string OfHold(HoldRow hold)
    {
        var ground = hold.ExposureId is { } exposure ? $"exposure {exposure}, last" : $"finding {hold.FindingId}";
        var removed = hold.State == HoldWords.GroundRemoved ? "; later data removed the ground, and a person has yet to lift it" : "";
        return $"It is on hold since {hold.Since} because of {ground} in storage unit {hold.Unit}{removed}.";
    }

    // Nobody issues what was taken out for good, wherever it still lies.
    private static string OfDecision(DecisionRow decision) => decision.Kind == DecisionKind.Return
        ? $"It was to be sent back to the supplier, as {decision.SignedBy} signed at {decision.SignedAt}."
        : $"It was discarded, as {decision.SignedBy} signed at {decision.SignedAt}.";

    // What cannot be stored now may be the reading that matters.
    private static string[] OfHealth(StoreHealth health) =>
        health.IsGood ? [] : [$"The record store cannot commit at present: {health.LastError?.TrimEnd('.')}."];

    private static string[] OfPlace(List<ContentsRow> stays, List<ContentsRow> present) => (stays.Count, present.Count) switch
    {
        (0, _) => ["It is not known: nobody has entered it into a storage unit."],
        (_, 0) => ["It is in no storage unit now."],
        (_, 1) => [],
        _ => [$"It is in several storage units at once: {string.Join(", ", present.Select(stay => stay.Unit))}."],
    };

    private static IEnumerable<(StorageRule Rule, Figure Figure)> Unverified(StorageRule rule) =>
        rule.Figures.Where(figure => figure.Status == FigureStatus.FromMemory).Select(figure => (rule, figure));
}
