namespace ColdChain.Simulation.Tests.Faults;

/// <summary>How often each kind of fault was injected, in which phase.</summary>
internal sealed class FaultCounts
{
    private readonly SortedDictionary<(string Kind, string Phase), long> _counts = [];

    /// <summary>The phase that runs.</summary>
    public string Phase { get; set; } = "start";

    public IReadOnlyDictionary<(string Kind, string Phase), long> All => _counts;

    public void Add(string kind, long times = 1) => _counts[(kind, Phase)] = _counts.GetValueOrDefault((kind, Phase)) + times;

    public void Add(FaultCounts other)
    {
        foreach (var (key, times) in other._counts)
        {
            _counts[key] = _counts.GetValueOrDefault(key) + times;
        }
    }
}
