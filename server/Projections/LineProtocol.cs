using System.Globalization;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Projections;

/// <summary>
/// Readings as InfluxDB's line protocol, with timestamps in milliseconds:
/// <code>
/// temperature,device=pi-001,probe=load,epoch=0123… celsius=4.0,seq=17i 1767600000000
/// signal,device=pi-001,probe=door,epoch=0123… state=true,seq=19i 1767600060000
/// fault,device=pi-001,probe=load,epoch=0123… reason="power-on",seq=18i 1767600060000
/// </code>
/// <c>epoch</c> is a tag, so that equal instants of two epochs are two points: InfluxDB replaces a point of the same tags and instant
/// silently. The temperature is as measured, before any calibration.
/// </summary>
internal static class LineProtocol
{
    /// <summary>The line of a reading; null when its instant is not known, for a point has to have one.</summary>
    public static string? LineOf(Reading reading) => reading switch
    {
        { MeasuredAt: not { } } => null,
        { Value: { } value } => Line("temperature", reading, $"celsius={Float(value)}"),
        { State: { } state } => Line("signal", reading, $"state={(state ? "true" : "false")}"),
        _ => Line("fault", reading, $"reason=\"{FieldText(reading.Fault ?? "")}\""),
    };

    private static string Line(string measurement, Reading reading, string field) => string.Create(
        CultureInfo.InvariantCulture,
        $"{measurement},device={Tag(reading.Probe.Device.Value)},probe={Tag(reading.Probe.Name)},epoch={Tag(reading.Key.Epoch)} {field},seq={reading.Key.Seq}i {reading.MeasuredAt!.Value.Milliseconds}"); // LineOf has looked.

    // Always with a decimal point: one value written as an integer could fix the type of the field for all others.
    private static string Float(Celsius value) => value.ToDegrees().ToString("0.0##", CultureInfo.InvariantCulture);

    private static string Tag(string text) => text
        .Replace(",", @"\,", StringComparison.Ordinal)
        .Replace("=", @"\=", StringComparison.Ordinal)
        .Replace(" ", @"\ ", StringComparison.Ordinal);

    private static string FieldText(string text) => text
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal);
}
