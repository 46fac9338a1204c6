using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>
/// Red cells under a rule that states one thing and little else: 2 to 6 °C within red lines of 1 and 10 °C, and unknown time of 4 hours at most.
/// </summary>
internal static class OwnRule
{
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    /// <summary>The rule without any band.</summary>
    public static StorageRule Plain { get; } = Life.British.Find("RBC", StorageContext.Storage)! with { Bands = [] };

    /// <summary>A band of what is warmer than 6 and at most 10 °C; without a maximum.</summary>
    public static ExposureBand Warm { get; } = Band(new CelsiusRange(Celsius.FromMilli(6001), Celsius.FromMilli(10000)));

    /// <summary>A band of the whole time in the rule's context; without a maximum.</summary>
    public static ExposureBand AnyTemperature { get; } = Band();

    /// <summary>The plain rule with bands.</summary>
    public static StorageRule With(params ExposureBand[] bands) => Plain with { Bands = bands };

    /// <summary>The same rule for another use.</summary>
    public static StorageRule For(this StorageRule rule, StorageContext context) => rule with { Context = context };

    /// <summary>A life of red cells under a pack of these rules.</summary>
    public static Life LifeUnder(params StorageRule[] rules) => new(Life.British with { Rules = rules }, "RBC");

    /// <summary>A stay in storage.</summary>
    public static Life Stored(this Life life, double from, params (double Hours, double? Celsius)[] course) => life.Stay("fridge", from, StorageContext.Storage, course);

    /// <summary>A stay in transport.</summary>
    public static Life Sent(this Life life, double from, params (double Hours, double? Celsius)[] course) => life.Stay("van", from, StorageContext.Transport, course);

    /// <summary>The only exposure of a kind.</summary>
    public static AllowanceExposure Of(this BloodUnitExposure exposure, AllowanceKind kind) => exposure.Allowances.Single(one => one.Allowance.Kind == kind);

    /// <summary>The only band's.</summary>
    public static AllowanceExposure OfBand(this BloodUnitExposure exposure) => exposure.Of(AllowanceKind.Band);

    public static TimeSpan Hours(double hours) => TimeSpan.FromHours(hours);

    public static TimeBounds Known(double hours) => Bounds(hours, hours);

    public static TimeBounds Bounds(double known, double possible) => new(Hours(known), Hours(possible));

    private static ExposureBand Band(params CelsiusRange[] ranges) =>
        new() { Key = "bands[0]", Ranges = ranges, Window = ExposureWindow.Lifetime, OnExceeding = RuleAction.ProposeDiscard };
}
