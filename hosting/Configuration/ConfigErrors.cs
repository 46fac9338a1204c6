namespace ColdChain.Hosting.Configuration;

/// <summary>Collects what is wrong with a configuration, so that a person sees all of it at once.</summary>
public sealed class ConfigErrors
{
    private readonly List<(long Order, string Text)> _errors = [];

    /// <summary>All errors: those of the file in the order of its lines, then those of the environment and the command line.</summary>
    public IReadOnlyList<string> Texts => [.. _errors.OrderBy(error => error.Order).Select(error => error.Text)];

    /// <summary>Throws when there are errors.</summary>
    /// <exception cref="ConfigException">There are; the message lists all of them, one a line.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            throw new ConfigException(string.Join(Environment.NewLine, Texts));
        }
    }

    internal void Add(Origin origin, string reason, string cure) => _errors.Add((origin.Order, $"{origin.Name}: {reason}; {cure}"));
}

/// <summary>The configuration cannot be used. The message lists every error with its place, reason and cure.</summary>
public sealed class ConfigException(string message) : Exception(message);
