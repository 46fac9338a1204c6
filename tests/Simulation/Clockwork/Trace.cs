using System.Globalization;
using ColdChain.Core.Readings;

namespace ColdChain.Simulation.Tests.Clockwork;

/// <summary>What happened, as a hash over all of it and the last lines in words: two runs of one seed have one hash.</summary>
internal sealed class Trace
{
    private const int TailMax = 60;

    private readonly Queue<string> _tail = [];
    private ulong _hash = 14_695_981_039_346_656_037;

    /// <summary>Lines so far.</summary>
    public long Lines { get; private set; }

    /// <summary>The hash over all lines, 16 hexadecimal digits.</summary>
    public string Hash => _hash.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The last lines, the newest at the end.</summary>
    public IReadOnlyCollection<string> Tail => _tail;

    /// <summary>Called with each line; for a person who follows one seed.</summary>
    public Action<string>? Listener { get; init; }

    public void Add(Instant at, string who, string what)
    {
        var line = $"{at} {who}: {what}";
        Lines++;
        foreach (var character in line)
        {
            _hash = unchecked((_hash ^ character) * 1_099_511_628_211);
        }

        _tail.Enqueue(line);
        if (_tail.Count > TailMax)
        {
            _tail.Dequeue();
        }

        Listener?.Invoke(line);
    }
}
