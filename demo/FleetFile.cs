using System.Globalization;
using System.Text;
using ColdChain.Core.Isbt;
using ColdChain.Core.Readings;

namespace ColdChain.Demo;

/// <summary>The demo's fleet as the file that a real server reads.</summary>
internal static class FleetFile
{
    private const string Zone = "Africa/Casablanca";

    /// <summary>Writes the file if there is none: a second start goes on with the fleet of the first.</summary>
    public static void WriteOnce(string path, IReadOnlyList<DemoUnit> units, Instant from)
    {
        if (!File.Exists(path))
        {
            File.WriteAllText(path, Text(units, from));
        }
    }

    private static string Text(IReadOnlyList<DemoUnit> units, Instant from)
    {
        var text = new StringBuilder("sites:\n");
        foreach (var (id, name) in DemoFleet.Sites)
        {
            Add(text, $"  - {{id: {id}, name: \"{name}\", zone: {Zone}}}\n");
        }

        text.Append("devices:\n");
        foreach (var unit in units)
        {
            Add(text, $"  - {{id: {unit.Device}, site: {unit.Site}}}\n");
        }

        text.Append("storage-units:\n");
        foreach (var unit in units)
        {
            AddUnit(text, unit, from);
        }

        text.Append("contents:\n");
        var serial = 0;
        foreach (var unit in units)
        {
            AddContents(text, unit, from, ref serial);
        }

        return text.ToString();
    }

    private static void AddUnit(StringBuilder text, DemoUnit unit, Instant from) => Add(text, $"""
          - id: {unit.Id}
            name: "{unit.Name}"
            site: {unit.Site}
            giai: 6110001{unit.Id}
            kind: {unit.Kind}
            history:
              - from: {from}
                rules: eu-edqm
                product: {unit.Product}
                context: {unit.Context}
                probes:
                  - {'{'}id: {unit.Load}, role: load, certificate: "DEMO-{unit.Id}", calibrated: {CalendarDay(from, -200)}, calibration-due: {CalendarDay(from, 165)}, uncertainty: 0.1{'}'}
                  - {'{'}id: {unit.Air}, role: air{'}'}
                signals: [{string.Join(", ", unit.Signals.Select(signal => $"{'{'}id: {signal.Id}, kind: {signal.Kind.ToString().ToLowerInvariant()}{'}'}"))}]

        """);

    private static void AddContents(StringBuilder text, DemoUnit unit, Instant from, ref int serial)
    {
        for (var i = 0; i < unit.Contents; i++)
        {
            var donation = $"W000026{++serial * 37:000000}";
            if (!DonationNumber.TryParseValue(donation, out var number))
            {
                throw new InvalidOperationException($"{donation} is no donation number.");
            }

            Add(text, $"  - {{unit: {unit.Id}, donation: \"{donation}{number.CheckCharacter}\", product: {unit.Product}, in: {from}}}\n");
        }
    }

    private static string CalendarDay(Instant from, int days) => (from + TimeSpan.FromDays(days)).ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Add(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture));
}
