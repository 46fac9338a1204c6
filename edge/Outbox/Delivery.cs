using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Edge.Outbox;

/// <summary>Which numbers of the epoch still have to be delivered: arithmetic on sets, no rows.</summary>
/// <param name="Acknowledged">What the server's last statement covers.</param>
/// <param name="Absent">Numbers without a row in the file: pruned after their acknowledgement, or skipped.</param>
/// <param name="Contents">The contents of what the statement covers, as the server has them; null when it did not say.</param>
internal sealed record Delivery(SeqRanges Acknowledged, SeqRanges Absent, ContentSum? Contents)
{
    public static readonly Delivery None = new(SeqRanges.Empty, SeqRanges.Empty, null);

    /// <summary>Numbers that the server wants and that the file no longer has.</summary>
    public SeqRanges Gone => Absent.Except(Acknowledged);

    /// <summary>Rows that the server's statement does not cover.</summary>
    public SeqRanges Outstanding(long lastSeq) =>
        lastSeq == 0 ? SeqRanges.Empty : SeqRanges.Of(1, lastSeq).Except(Acknowledged).Except(Absent);

    /// <summary>Acknowledged rows up to a number that the file still has.</summary>
    public SeqRanges Prunable(long upTo) =>
        Acknowledged.Last <= upTo
            ? Acknowledged.Except(Absent)
            : Acknowledged.Except(SeqRanges.Of(upTo + 1, Acknowledged.Last)).Except(Absent);
}
