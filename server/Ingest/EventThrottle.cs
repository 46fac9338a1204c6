using ColdChain.Core.Readings;

namespace ColdChain.Server.Ingest;

/// <summary>Lets one event of a kind and subject through in each interval and counts the others, so that a mad device cannot flood the log.</summary>
internal sealed class EventThrottle(TimeSpan interval, int keysMax)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Instant Since, long Count)> _windows = new(StringComparer.Ordinal);

    /// <summary>True when an event is due; <paramref name="count"/> is then how many it stands for, itself included.</summary>
    public bool TryPass(string key, Instant now, out long count)
    {
        lock (_gate)
        {
            Shrink(now);

            // With more subjects than can be told apart, the rest share one window.
            var window = _windows.ContainsKey(key) || _windows.Count < keysMax ? key : "";
            var known = _windows.TryGetValue(window, out var seen);
            var isDue = !known || now - seen.Since >= interval;
            count = seen.Count + 1;
            _windows[window] = isDue ? (now, 0) : (seen.Since, count);
            return isDue;
        }
    }

    private void Shrink(Instant now)
    {
        if (_windows.Count < keysMax)
        {
            return;
        }

        foreach (var (key, _) in _windows.Where(window => now - window.Value.Since >= interval).ToList())
        {
            _windows.Remove(key);
        }
    }
}
