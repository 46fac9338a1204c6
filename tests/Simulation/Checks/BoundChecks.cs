namespace ColdChain.Simulation.Tests.Checks;

/// <summary>I10: what a program holds in memory at once is bounded, whatever happens around it.</summary>
internal sealed class BoundChecks(Site site)
{
    /// <summary>Two windows of packs, a heartbeat in each session, and what a broken connection leaves for a moment.</summary>
    private const int UnderWayMost = 32;

    /// <summary>Pieces of all programs together that wait to run: some for each message that may be in a queue.</summary>
    private const int ReadyMost = 10_000;

    public IEnumerable<Violation> AtTheEnd()
    {
        foreach (var edge in site.Edges.Where(edge => edge.UnderWayMost > UnderWayMost))
        {
            yield return new Violation("I10", $"{edge.Client} had {edge.UnderWayMost} messages under way at once");
        }

        if (site.Pump.ReadyMost > ReadyMost)
        {
            yield return new Violation("I10", $"{site.Pump.ReadyMost} pieces waited to run at once");
        }
    }
}
