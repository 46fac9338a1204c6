namespace ColdChain.Server.Fleet;

/// <summary>The server cannot start as it is configured. Every error is named, each with its reason and cure.</summary>
internal sealed class ConfigurationException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
