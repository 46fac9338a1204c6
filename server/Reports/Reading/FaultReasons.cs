using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>What the device said of samples that have no temperature: the reasons of the faults in a run of them, each once.</summary>
internal static class FaultReasons
{
    /// <summary>So many different ones are named; that there are more, an ellipsis says.</summary>
    public const int NamedMax = 3;

    /// <summary>Runs of faults with their reasons, read once for each device; any other run as it is.</summary>
    public static IReadOnlyList<ExcludedContent> Told(StoreSession session, IReadOnlyList<ExcludedContent> excluded, CancellationToken cancellation)
    {
        var named = new Dictionary<ExcludedContent, SortedSet<string>>(ReferenceEqualityComparer.Instance);
        foreach (var device in excluded.Where(run => run is { Reason: CountsAs.Fault, Runs: 1 }).GroupBy(run => IdOf(run).Device))
        {
            var ofProbe = device.OrderBy(run => run.From).GroupBy(IdOf).ToDictionary(runs => runs.Key, runs => runs.ToList());
            foreach (var (reading, _) in ReadingReader.Measured(session, device.Key, device.Min(run => run.From), device.Max(run => run.To)))
            {
                cancellation.ThrowIfCancellationRequested();
                if (reading is { Fault: { } reason, MeasuredAt: { } at } && ofProbe.TryGetValue(reading.Probe, out var runs) && RunAt(runs, at) is { } run)
                {
                    Add(named, run, reason);
                }
            }
        }

        return [.. excluded.Select(run => named.TryGetValue(run, out var reasons) ? run with { Detail = Listed(reasons) } : run)];
    }

    // The first ones in the order of the alphabet are kept, and one more: readings come in no order, and a list must not depend on it.
    private static void Add(Dictionary<ExcludedContent, SortedSet<string>> named, ExcludedContent run, string reason)
    {
        if (!named.TryGetValue(run, out var reasons))
        {
            named[run] = reasons = new SortedSet<string>(StringComparer.Ordinal);
        }

        if (reasons.Add(reason) && reasons.Count > NamedMax + 1)
        {
            reasons.Remove(reasons.Max!); // It has some.
        }
    }

    private static string Listed(SortedSet<string> reasons) => string.Join(", ", reasons.Take(NamedMax).Concat(reasons.Count > NamedMax ? ["…"] : []));

    private static ExcludedContent? RunAt(List<ExcludedContent> ascending, Instant at)
    {
        foreach (var run in ascending)
        {
            if (at <= run.To)
            {
                return at >= run.From ? run : null;
            }
        }

        return null;
    }

    private static ProbeId IdOf(ExcludedContent run) => ProbeId.TryParse(run.Probe, out var probe) ? probe : throw new FormatException($"'{run.Probe}' is no probe.");
}
