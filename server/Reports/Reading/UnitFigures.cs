using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Reading;

/// <summary>The probes of a storage unit over some time, as a report tells of them.</summary>
/// <param name="Probes">Load probes first, each with its figures and its line.</param>
/// <param name="Rules">The rules that judged, ascending.</param>
/// <param name="Excluded">Samples that did not count, ascending.</param>
internal sealed record UnitFigures(IReadOnlyList<ProbeContent> Probes, IReadOnlyList<RuleContent> Rules, IReadOnlyList<ExcludedContent> Excluded);
