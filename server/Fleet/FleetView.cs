namespace ColdChain.Server.Fleet;

/// <summary>The fleet in force. Whoever needs a consistent view takes <see cref="Current"/> once and keeps it.</summary>
internal sealed class FleetView
{
    private volatile FleetHistory _current = FleetHistory.Empty;

    public FleetHistory Current
    {
        get => _current;
        set => _current = value;
    }
}
