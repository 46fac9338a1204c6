namespace ColdChain.Edge.LocalAlarm;

/// <summary>
/// Whether anybody watches over what this device measures: whether the server has stated lately what its record store holds. Its statement answers each
/// heartbeat as well, which comes once a minute; a connection alone says nothing.
/// </summary>
internal sealed class Supervision(TimeProvider time)
{
    /// <summary>For how long a statement is worth something, in time since the boot: three heartbeats.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(180);

    private const long Never = long.MinValue;

    private long _statedAt = Never;

    /// <summary>True when the server has stated something within <see cref="Within"/>, which is included.</summary>
    public bool IsThere => Interlocked.Read(ref _statedAt) is var at && at != Never && time.GetElapsedTime(at) <= Within;

    /// <summary>A statement has come, and was obeyed.</summary>
    public void Mark() => Interlocked.Exchange(ref _statedAt, time.GetTimestamp());
}
