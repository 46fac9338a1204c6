namespace ColdChain.Server.Reports.Documents;

/// <summary>What a reader must know before the figures.</summary>
/// <param name="Word">Which notice it is, for tests and style sheets.</param>
/// <param name="Mark">Its shape: <c>stop</c>, <c>unknown</c> or <c>note</c>.</param>
/// <param name="Text">What it says.</param>
public sealed record Notice(string Word, string Mark, string Text)
{
    public const string Stop = "stop";
    public const string Unknown = "unknown";
    public const string Note = "note";
}
