namespace ColdChain.Fuzz.Tests.Engine;

/// <summary>The input that is being dealt with and since when, for a watcher on another thread.</summary>
internal sealed class CurrentInput
{
    private volatile Entry? _entry;

    public void Begin(byte[] input, string origin) => _entry = new Entry(input, origin, TimeProvider.System.GetTimestamp());

    public void End() => _entry = null;

    /// <summary>The input, when it has been under way for longer than that.</summary>
    public (byte[] Input, string Origin)? Overdue(TimeSpan patience) =>
        _entry is { } entry && TimeProvider.System.GetElapsedTime(entry.Since) > patience ? (entry.Input, entry.Origin) : null;

    private sealed record Entry(byte[] Input, string Origin, long Since);
}
