namespace ColdChain.Core.Casework;

/// <summary>
/// What people do first when stock is in danger, in the order in which they do it. The list is fixed, so that what was done at one site can be
/// compared with another; a step may be stamped again, as a reading every four hours is. The words are stored: none is changed or used for something else.
/// </summary>
public static class SecuringSteps
{
    /// <summary>The alarm at the storage unit was silenced.</summary>
    public const string AlarmSilenced = "alarm-silenced";

    /// <summary>The recorder and the thermometer inside were read; what they showed stands in the note.</summary>
    public const string ThermometersRead = "thermometers-read";

    /// <summary>The door was found ajar and closed, or is closed.</summary>
    public const string DoorClosed = "door-closed";

    /// <summary>It was looked at again a quarter of an hour later.</summary>
    public const string Rechecked = "rechecked";

    /// <summary>The stock was moved; where to stands in the note, and the contents are entered there.</summary>
    public const string StockMoved = "stock-moved";

    /// <summary>A reading by hand while the stock stays where it is for the time being, every four hours.</summary>
    public const string InterimReading = "interim-reading";

    /// <summary>Whoever repairs it was called.</summary>
    public const string ServiceCalled = "service-called";

    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<string> All { get; } = [AlarmSilenced, ThermometersRead, DoorClosed, Rechecked, StockMoved, InterimReading, ServiceCalled];

    /// <summary>True for the steps that say nothing without a note: what was read, and where the stock went.</summary>
    /// <param name="step">One of <see cref="All"/>.</param>
    public static bool NeedsNote(string step) => step is ThermometersRead or StockMoved or InterimReading;
}
