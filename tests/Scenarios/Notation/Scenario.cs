using ColdChain.Core.Readings;

namespace ColdChain.Scenarios.Tests.Notation;

/// <summary>Something that happens at an instant beside the measuring.</summary>
/// <param name="At">When the server hears of it.</param>
internal abstract record Step(Instant At);

/// <summary>A blood unit is entered into a storage unit.</summary>
internal sealed record EnterStep(Instant At, StorageUnitId Unit, string Donation, string Product, Instant In, Instant? Out) : Step(At);

/// <summary>It is entered that a blood unit left.</summary>
internal sealed record LeaveStep(Instant At, StorageUnitId Unit, string Donation, string Product, Instant Out) : Step(At);

/// <summary>Another fleet file comes into force.</summary>
internal sealed record FleetStep(Instant At, string File) : Step(At);

/// <summary>All that was sent so far is sent again.</summary>
internal sealed record AgainStep(Instant At) : Step(At);

/// <summary>The states of that moment are noted.</summary>
internal sealed record LookStep(Instant At) : Step(At);

/// <summary>What happens, as the notation tells it.</summary>
/// <param name="Day">Midnight of the first day.</param>
/// <param name="JudgeEvery">How often the server judges.</param>
/// <param name="Courses">What the probes give.</param>
/// <param name="Steps">What else happens, in the order of time.</param>
internal sealed record Scenario(Instant Day, TimeSpan JudgeEvery, IReadOnlyList<Course> Courses, IReadOnlyList<Step> Steps);
