using ColdChain.Core.Readings;

namespace ColdChain.Server.Dashboard.Views;

/// <summary>A storage unit as the fleet in force uses it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Site">The name of its site.</param>
/// <param name="Use">Products, pack, limits and probes; null while it is out of use.</param>
public sealed record FleetUnitView(string Id, string Name, string Site, FleetUseView? Use);

/// <summary>How a storage unit is used.</summary>
/// <param name="From">From when.</param>
/// <param name="Products">The products.</param>
/// <param name="Pack">The rule pack.</param>
/// <param name="Context">The use that its rule is made for.</param>
/// <param name="Low">The coldest temperature in range; null for none.</param>
/// <param name="High">The warmest; null for none.</param>
/// <param name="Probes">Its probes and signals, each with role and calibration.</param>
public sealed record FleetUseView(Instant From, string Products, string Pack, string Context, Celsius? Low, Celsius? High, IReadOnlyList<string> Probes);

/// <summary>What a proposal changes of one storage unit.</summary>
/// <param name="Unit">Its id.</param>
/// <param name="From">The first instant at which something is otherwise.</param>
/// <param name="Before">Its use in the fleet in force; null when it is not in it.</param>
/// <param name="After">Its use as proposed; null when it is taken out.</param>
/// <param name="AlarmsBefore">Alarms in each of the last weeks, oldest first, by today's use; empty when there is nothing to judge by.</param>
/// <param name="AlarmsAfter">The same as proposed.</param>
public sealed record FleetDifferenceView(
    string Unit, Instant From, FleetUseView? Before, FleetUseView? After, IReadOnlyList<int> AlarmsBefore, IReadOnlyList<int> AlarmsAfter);

/// <summary>A proposal that waits for a second person.</summary>
public sealed record FleetProposalView
{
    public required long Id { get; init; }

    /// <summary>Who made it.</summary>
    public required string By { get; init; }

    public required Instant At { get; init; }

    public required string Reason { get; init; }

    /// <summary>True when whoever looks made it: he cannot approve it.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>True when another fleet has come into force since.</summary>
    public required bool IsOutOfDate { get; init; }

    /// <summary>What it changes of storage units, up to a limit.</summary>
    public required IReadOnlyList<FleetDifferenceView> Differences { get; init; }

    /// <summary>How many more storage units it changes.</summary>
    public required int More { get; init; }
}

/// <summary>The fleet in force, what is proposed, and what came of the last change.</summary>
public sealed record FleetPageView
{
    public required IReadOnlyList<FleetUnitView> Units { get; init; }

    public required IReadOnlyList<FleetProposalView> Proposals { get; init; }

    /// <summary>The file to begin a proposal with: what was typed last, or what is in force.</summary>
    public required string Text { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Why the last change was refused, each as a sentence; empty when it was not.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];
}
