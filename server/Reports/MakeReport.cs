using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports;

/// <summary>How far the making of a report is.</summary>
/// <param name="Done">Storage units that are done.</param>
/// <param name="Total">Storage units in all, at least one.</param>
public readonly record struct ReportProgress(int Done, int Total);

/// <summary>
/// Puts the content of a report together from what is stored now. It reads one storage unit after the other, so that a year of a hundred of them needs
/// no more memory than a day of one.
/// </summary>
/// <param name="number">Which report.</param>
/// <param name="progress">Called after each storage unit.</param>
/// <param name="cancellation">Ends it between two storage units.</param>
/// <exception cref="RefusalException">There is no such excursion, storage unit or site; or the period has not begun.</exception>
internal delegate ReportContent MakeReport(ReportNumber number, Action<ReportProgress> progress, CancellationToken cancellation);
