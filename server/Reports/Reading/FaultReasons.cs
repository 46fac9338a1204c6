using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>What the device said of samples that have no temperature: the reasons of the faults at the beginning of a run of them.</summary>
internal static class FaultReasons
{
    // A probe that is broken for a month says the same all the time.
    private static readonly TimeSpan LookedAt = TimeSpan.FromHours(1);
    private const int ReasonsMax = 3;

    /// <summary>A run of faults with their reasons, each once; any other run as it is.</summary>
    public static ExcludedContent Told(StoreSession session, ExcludedContent run)
    {
        if (run.Reason != CountsAs.Fault || !ProbeId.TryParse(run.Probe, out var probe))
        {
            return run;
        }

        var reasons = ReadingReader.Read(session, [probe], run.From, Instant.Min(run.To, run.From + LookedAt)).Select(reading => reading.Fault).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        return run with { Detail = string.Join(", ", reasons.Count > ReasonsMax ? [.. reasons.Take(ReasonsMax), "…"] : reasons) };
    }
}
