namespace ColdChain.Edge.Configuration;

/// <summary>Collects what is wrong with a configuration, so that a person sees all of it at once.</summary>
internal sealed class ConfigErrors(string file)
{
    private readonly List<(long Line, string Text)> _errors = [];

    public bool Any => _errors.Count > 0;

    public void Add(long line, string reason, string cure) => _errors.Add((line, $"{file}, line {line}: {reason}; {cure}"));

    /// <summary>All errors, in the order of their lines, one a line.</summary>
    public override string ToString() => string.Join(Environment.NewLine, _errors.OrderBy(error => error.Line).Select(error => error.Text));
}

/// <summary>The configuration cannot be used. The message lists every error with its line, reason and cure.</summary>
internal sealed class ConfigException(string message) : Exception(message);
