using System.Globalization;
using System.Text.RegularExpressions;

namespace ColdChain.Server.Projections;

/// <summary>InfluxDB took some lines or none and would answer the same again: a field of another type, an instant beyond retention.</summary>
/// <param name="Reason">What it said.</param>
/// <param name="Dropped">How many lines it says it dropped, of one shard; null when it does not say.</param>
internal sealed partial record LineRefusal(string Reason, int? Dropped)
{
    public static LineRefusal Of(string answer) =>
        new(answer, int.TryParse(DroppedForm().Match(answer).Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);

    [GeneratedRegex(@"\bdropped=(\d+)")]
    private static partial Regex DroppedForm();
}
