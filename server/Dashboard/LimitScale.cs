using ColdChain.Core.Readings;

namespace ColdChain.Server.Dashboard;

/// <summary>
/// Where the limits and a temperature lie on a bar from 0 to 100. With both limits the range in between takes the middle half; what is
/// further out than a quarter of the bar stays at its end.
/// </summary>
/// <param name="Low">The place of the lower limit; 0 when there is none.</param>
/// <param name="High">The place of the upper limit; 100 when there is none.</param>
/// <param name="Marker">The place of the temperature; null when there is none to show.</param>
internal sealed record LimitScale(double Low, double High, double? Marker)
{
    private const double Quarter = 25;

    // What the middle half of a bar stands for when only one limit says where it is: freezers keep far below theirs.
    private const int OneSidedSpanMilli = 20_000;

    /// <summary>The scale of limits; null when there are none.</summary>
    public static LimitScale? Of(Celsius? low, Celsius? high, Celsius? temperature)
    {
        if (low is null && high is null)
        {
            return null;
        }

        var bottom = low?.Milli ?? high!.Value.Milli - OneSidedSpanMilli;
        var top = high?.Milli ?? low!.Value.Milli + OneSidedSpanMilli;
        var span = Math.Max(1, top - bottom);
        return new LimitScale(
            low is null ? 0 : Quarter,
            high is null ? 100 : 100 - Quarter,
            temperature is { } value ? Math.Clamp(Quarter + (100 - 2 * Quarter) * (value.Milli - (double)bottom) / span, 0, 100) : null);
    }
}
