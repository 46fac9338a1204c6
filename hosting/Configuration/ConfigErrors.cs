namespace ColdChain.Hosting.Configuration;

/// <summary>Collects what is wrong with a configuration, so that a person sees all of it at once.</summary>
public sealed class ConfigErrors
{
    /// <summary>How many are told at most. Whoever has more mends these first.</summary>
    public const int ToldMax = 100;

    // Enough for a reason that names a path, or a cure that lists every key that is known.
    private const int PartLengthMax = 250;

    private readonly List<(long Order, string Text)> _errors = [];

    /// <summary>
    /// All errors, up to <see cref="ToldMax"/>: those of the file in the order of its lines, then those of the environment and the command line.
    /// </summary>
    public IReadOnlyList<string> Texts => [.. _errors.OrderBy(error => error.Order).Take(ToldMax).Select(error => error.Text), .. More()];

    /// <summary>Throws when there are errors.</summary>
    /// <exception cref="ConfigException">There are; the message lists all of them, one a line.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            throw new ConfigException(string.Join(Environment.NewLine, Texts));
        }
    }

    internal void Add(Origin origin, string reason, string cure) =>
        _errors.Add((origin.Order, $"{origin.Name}: {Legible.Of(reason, PartLengthMax)}; {Legible.Of(cure, PartLengthMax)}"));

    private IEnumerable<string> More() => _errors.Count > ToldMax ? [$"There are {_errors.Count - ToldMax} more errors; correct these first"] : [];
}

/// <summary>The configuration cannot be used. The message lists every error with its place, reason and cure.</summary>
public sealed class ConfigException(string message) : Exception(message);
