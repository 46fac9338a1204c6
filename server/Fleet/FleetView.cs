namespace ColdChain.Server.Fleet;

/// <summary>The fleet in force. Whoever needs a consistent view takes <see cref="Current"/> once and keeps it.</summary>
internal sealed class FleetView
{
    private volatile Fleet _current = Fleet.Empty;

    public Fleet Current
    {
        get => _current;
        set => _current = value;
    }
}
