namespace ColdChain.Tests.Shared.Prepared;

/// <summary>A storage unit of a prepared server, with what its probes have measured by now.</summary>
internal sealed record PreparedUnit(string Id, string Name, string Site)
{
    public string Kind { get; init; } = "refrigerator";

    public string Product { get; init; } = "RBC";

    public string Context { get; init; } = "storage";

    /// <summary>The load probe's temperature in thousandths of a degree, by minutes before now; null where nothing was measured.</summary>
    public required Func<int, int?> Load { get; init; }

    /// <summary>How many blood units have been inside from the beginning.</summary>
    public int Contents { get; init; }

    public string Device => $"pi-{Id}";

    /// <summary>The air follows the load, quicker and wider.</summary>
    public int? Air(int minutesAgo) => Load(minutesAgo) + (int)(700 * Math.Sin(minutesAgo / 4.0));

    /// <summary>A compressor's cycle around a temperature.</summary>
    public static int Cycle(int milli, int minutesAgo) => milli + (int)(350 * Math.Sin(minutesAgo / 9.0)) + 40 * (minutesAgo * 7 % 5 - 2);
}
