using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions.Health;

/// <summary>All that is remembered of one probe's health between two samples: a part of the checkpoint. The default value is "nothing yet".</summary>
/// <param name="Spike">The samples in doubt.</param>
/// <param name="Run">Since when it repeats itself.</param>
/// <param name="Move">Whether it moved of late.</param>
/// <param name="Day">Its running day.</param>
/// <param name="Drift">What its days are compared with.</param>
/// <param name="ApartFrom">Since when it is the one furthest from the others while the load probes differ by more than they may; the default value when they do not.</param>
public readonly record struct HealthTrack(SpikeTrack Spike, RunTrack Run, MoveTrack Move, DayTrack Day, DriftTrack Drift, Instant ApartFrom)
{
    /// <summary>Its last faults.</summary>
    public FaultTrack Faults { get; init; }
}

/// <summary>The last three faults of a probe, the latest one third; the default value for none.</summary>
/// <param name="First">The one before the last two.</param>
/// <param name="Second">The one before the last.</param>
/// <param name="Third">The last.</param>
/// <param name="From">Since when it has been failing again and again; the default value when it does not.</param>
/// <param name="RaisedAt">The third fault of that time.</param>
public readonly record struct FaultTrack(Instant First, Instant Second, Instant Third, Instant From, Instant RaisedAt);

/// <summary>A run of samples that are equal to the last digit.</summary>
/// <param name="From">The first of them; the default value for none.</param>
/// <param name="At">The last of them.</param>
/// <param name="Milli">The value.</param>
/// <param name="StuckFrom">The first that was found to be stuck; the default value when it is not.</param>
public readonly record struct RunTrack(Instant From, Instant At, int Milli, Instant StuckFrom)
{
    /// <summary>True when what it says is not believed.</summary>
    public bool IsStuck => StuckFrom != default;
}

/// <summary>How far a probe moved within a window of time.</summary>
/// <param name="From">The first sample of the window; the default value for none.</param>
/// <param name="Lowest">The coldest of it.</param>
/// <param name="Highest">The warmest of it.</param>
/// <param name="MovedFrom">The beginning of the last window in which it moved far enough.</param>
/// <param name="MovedAt">When that was seen.</param>
/// <param name="MovedFromBefore">The beginning of the last such window before.</param>
public readonly record struct MoveTrack(Instant From, int Lowest, int Highest, Instant MovedFrom, Instant MovedAt, Instant MovedFromBefore);

/// <summary>A probe's running day.</summary>
/// <param name="Sum">The sum of its believed samples, in thousandths of a degree.</param>
/// <param name="Count">Their number.</param>
public readonly record struct DayTrack(long Sum, int Count);

/// <summary>The daily mean difference to another probe in the first days.</summary>
/// <param name="Reference">The other probe; null before the first comparison.</param>
/// <param name="BaseDay">The first day compared, counted from 1970.</param>
/// <param name="BaseDays">How many first days have been compared.</param>
/// <param name="BaseSum">The sum of their differences.</param>
/// <param name="DriftFrom">The first day from which on it drifts; the default value when it does not.</param>
public readonly record struct DriftTrack(string? Reference, long BaseDay, int BaseDays, long BaseSum, Instant DriftFrom);
