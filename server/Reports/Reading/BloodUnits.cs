using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>The blood units that were inside during an excursion, and those that are held for it though it is known now that they were not.</summary>
internal static class BloodUnits
{
    /// <param name="session">The store.</param>
    /// <param name="finding">The excursion.</param>
    /// <param name="holds">Its holds.</param>
    /// <param name="exposed">When what was inside was exposed, as long as that can have lasted.</param>
    /// <param name="until">Up to when the report looks: what was inside then was not gone.</param>
    public static IReadOnlyList<BloodUnitContent> Of(StoreSession session, FindingRow finding, IReadOnlyList<(HoldRow Row, HoldContent Content)> holds, SpanContent exposed, Instant until)
    {
        var (start, end) = (exposed.From, exposed.To);
        var left = LookbackStore.OfFinding(session, finding.Finding.Id);
        var followUps = FollowUpStore.OfFinding(session, finding.Finding.Id);
        var inside = ContentsStore.Inside(session, finding.Unit, start, end);
        var others = holds.Where(hold => hold.Row.Kind == HoldWords.BloodUnit && !inside.Exists(stay => IsOf(stay, hold.Row)))
            .Select(hold => ContentsStore.OfBloodUnit(session, hold.Row.Donation, hold.Row.Product).FindLast(stay => stay.Unit == finding.Unit))
            .OfType<ContentsRow>();
        return [.. inside.Concat(others).OrderBy(stay => stay.Donation, StringComparer.Ordinal).ThenBy(stay => stay.Product, StringComparer.Ordinal).ThenBy(stay => stay.InAt).Select(Content)];

        BloodUnitContent Content(ContentsRow stay)
        {
            var named = left.Find(row => row.Donation == stay.Donation && row.Product == stay.Product);
            return new BloodUnitContent
            {
                Donation = stay.Donation,
                Product = stay.Product,
                InAt = stay.InAt,
                OutAt = stay.OutAt is { } gone && gone <= until ? gone : null,
                Exposed = Overlap(stay, start, end),
                LeftBefore = named?.Left.LeftAt <= finding.DiscoveredAt,
                LeftSince = named?.Left.LeftAt > finding.DiscoveredAt,
                WentTo = named?.Left.WentTo?.Value,
                FollowUp = followUps.FindLast(row => row.Donation == stay.Donation && row.Product == stay.Product)?.Word,
                Hold = holds.FirstOrDefault(hold => IsOf(stay, hold.Row)).Content,
                Exceeded =
                [
                    .. ExposureStore.Current(session, stay.Donation, stay.Product)
                        .Where(row => row.Since < until) // What it went through later is another report's, and perhaps another site's.
                        .Select(row => new ExceededContent(row.Id, row.Allowance, row.Verdict, row.OnlyPossible, row.Since)),
                ],
            };
        }
    }

    private static bool IsOf(ContentsRow stay, HoldRow hold) => hold.Kind == HoldWords.BloodUnit && (stay.Donation, stay.Product) == (hold.Donation, hold.Product);

    private static TimeSpan Overlap(ContentsRow stay, Instant start, Instant end)
    {
        var both = Instant.Min(stay.OutAt ?? end, end) - Instant.Max(stay.InAt, start);
        return both > TimeSpan.Zero ? both : TimeSpan.Zero;
    }
}
