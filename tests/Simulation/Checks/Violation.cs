namespace ColdChain.Simulation.Tests.Checks;

/// <summary>An invariant that does not hold.</summary>
/// <param name="Invariant">Which one: I1 to I10, or the oracle.</param>
/// <param name="What">What was seen, and what should have been.</param>
internal sealed record Violation(string Invariant, string What)
{
    public override string ToString() => $"{Invariant}: {What}";
}
