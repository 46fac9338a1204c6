namespace ColdChain.Scenarios.Tests.Notation;

/// <summary>A scenario that cannot be read: says the file and line, the thing, the reason and the cure.</summary>
public sealed class ScenarioException(string message) : Exception(message);
