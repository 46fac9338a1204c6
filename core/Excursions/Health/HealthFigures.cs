using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions.Health;

/// <summary>
/// By what a probe is found out that does not tell what it should. All are engineering defaults that nobody has measured for a given storage unit;
/// the reasons are in ADR 19.
/// </summary>
/// <param name="StepMilli">A change from the last sample of at most this, in thousandths of a degree, is never doubted, however fast.</param>
/// <param name="PerMinuteMilli">A larger one is doubted when it was faster than this, in thousandths of a degree per minute.</param>
/// <param name="MovedMilli">When a probe of this role moves by this within a window, another one that does not move at all is stuck.</param>
internal sealed record HealthFigures(int StepMilli, int PerMinuteMilli, int MovedMilli)
{
    /// <summary>A load probe behaves like a blood unit: pulled out into a warm room it changes by some 0.5 °C per minute.</summary>
    public static readonly HealthFigures Load = new(5_000, 5_000, 1_000);

    /// <summary>Air at an open door or in a defrost changes by several degrees per minute, and without any effect on the contents.</summary>
    public static readonly HealthFigures Air = new(15_000, 15_000, 5_000);

    /// <summary>A value repeated to the last digit for longer than this is suspect, when something else moved.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromHours(6);

    /// <summary>Movement is looked for within windows of this length, counted from 1970.</summary>
    public static readonly TimeSpan MoveWindow = TimeSpan.FromHours(6);

    /// <summary>Three faults of a probe within this time, both ends included, are more than chance.</summary>
    public static readonly TimeSpan FaultsWithin = TimeSpan.FromHours(1);

    /// <summary>Two load probes may differ by this, in thousandths of a degree.</summary>
    public const int ApartMilli = 2_000;

    /// <summary>They disagree when they differ by more for longer than this.</summary>
    public static readonly TimeSpan ApartFor = TimeSpan.FromMinutes(30);

    /// <summary>The daily mean difference of two probes may move away from that of the first days by this, in thousandths of a degree.</summary>
    public const int DriftMilli = 500;

    /// <summary>The first days, of which the mean is what later days are compared with.</summary>
    public const int DriftBaseDays = 3;

    /// <summary>So many days after the first one the comparison begins.</summary>
    public const int DriftDays = 7;

    /// <summary>Good samples that a day must have of each of the two.</summary>
    public const int DriftSamplesMin = 12;

    /// <summary>The figures of a role.</summary>
    public static HealthFigures Of(ProbeRole role) => role == ProbeRole.Load ? Load : Air;

    /// <summary>
    /// What sensors deliver in place of a temperature: the power-on value of a DS18B20, the value of one without enough supply (127.9375 °C), and what
    /// libraries return for one that does not answer. As a lone step each of them is doubted, however long ago the sample before was.
    /// </summary>
    public static bool IsPlaceholder(int milli) => milli is 85_000 or 127_937 or 127_938 or -127_000;
}
