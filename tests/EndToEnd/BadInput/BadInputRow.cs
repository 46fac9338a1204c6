namespace ColdChain.EndToEnd.Tests.BadInput;

/// <summary>A bad input, and what a person is told of it.</summary>
/// <param name="Name">Which one.</param>
/// <param name="Give">Gives it to the system, waits until it is told of, and returns the text.</param>
/// <param name="Thing">What the text must name as the thing that is wrong.</param>
/// <param name="Reason">What it must say is wrong with it.</param>
/// <param name="Cure">What it must say to do.</param>
internal sealed record BadInputRow(string Name, Func<BadInputScene, Task<string>> Give, string Thing, string Reason, string Cure)
{
    /// <summary>
    /// The next good input by the same way; another device's reading, which every row must let through, comes after it. Null when that one
    /// comes by the same way.
    /// </summary>
    public Func<BadInputScene, Task>? Next { get; init; }

    public override string ToString() => Name;
}
