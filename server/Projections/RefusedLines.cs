namespace ColdChain.Server.Projections;

/// <summary>Counts the lines that InfluxDB refused for good, and keeps one of them as example.</summary>
internal sealed class RefusedLines
{
    public long Count { get; private set; }

    /// <summary>The first of them; null when there is none.</summary>
    public string? Line { get; private set; }

    /// <summary>Why that one was refused.</summary>
    public string? Reason { get; private set; }

    public void Add(ReadOnlySpan<string> lines, string reason) => Add(lines.Length, lines[0], reason);

    public void Add(RefusedLines others) => Add(others.Count, others.Line, others.Reason);

    public void Clear() => (Count, Line, Reason) = (0, null, null);

    private void Add(long count, string? line, string? reason)
    {
        Count += count;
        Line ??= line;
        Reason ??= reason;
    }
}
