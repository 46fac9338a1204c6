namespace ColdChain.Edge.LocalAlarm;

/// <summary>A lamp that people see at the storage unit.</summary>
internal interface ILamp
{
    /// <summary>Switches it.</summary>
    /// <exception cref="IOException">It cannot be switched.</exception>
    /// <exception cref="UnauthorizedAccessException">The agent's user may not.</exception>
    void Show(bool isOn);
}
