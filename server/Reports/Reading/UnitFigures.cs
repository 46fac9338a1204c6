using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Reading;

/// <summary>The probes of a storage unit over some time, as a report tells of them.</summary>
/// <param name="Probes">Load probes first, each with its figures and its line.</param>
/// <param name="Rules">The rules that judged, ascending.</param>
/// <param name="Excluded">Samples that did not count, ascending.</param>
/// <param name="Stretches">The times of each load probe out of range or unknown, ascending: excursions, and what was too short for one.</param>
internal sealed record UnitFigures(
    IReadOnlyList<ProbeContent> Probes, IReadOnlyList<RuleContent> Rules, IReadOnlyList<ExcludedContent> Excluded, IReadOnlyDictionary<ProbeId, IReadOnlyList<Stretch>> Stretches);
