using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports;

/// <summary>Puts reports together from the record store.</summary>
internal sealed class ReportMaker(RecordStore store, FleetView fleet, IReadOnlyList<DatedPack> packs, TimeProvider clock)
{
    /// <inheritdoc cref="MakeReport"/>
    public ReportContent Make(ReportNumber number, Action<ReportProgress> progress, CancellationToken cancellation) =>
        throw new RefusalException(
            RefusalKind.Unknown, "number", $"report {number} is not made yet ({store.Id}, {fleet.Current.Units.Count} storage units, {packs.Count} packs, {clock.LocalTimeZone.Id})", "ask again later");
}
