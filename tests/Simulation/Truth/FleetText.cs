using System.Globalization;
using System.Text;
using ColdChain.Core.Readings;

namespace ColdChain.Simulation.Tests.Truth;

/// <summary>Writes the fleet file of a site.</summary>
internal static class FleetText
{
    public static string Of(SiteTruth truth)
    {
        var text = new StringBuilder("sites:\n");
        foreach (var site in truth.Units.Select(unit => unit.Site).Distinct())
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{ id: {site}, name: {site}, zone: Africa/Casablanca }}\n");
        }

        text.Append("devices:\n");
        foreach (var device in truth.Devices)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{ id: {device.Id}, site: {device.Site} }}\n");
        }

        text.Append("storage-units:\n");
        foreach (var unit in truth.Units)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - id: {unit.Id}\n    name: {unit.Id}\n    site: {unit.Site}\n    kind: {unit.Kind}\n    history:\n");
            foreach (var use in unit.Uses)
            {
                Append(text, use);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Use use)
    {
        text.Append(CultureInfo.InvariantCulture, $"      - from: {use.From}\n");
        if (use.To < Instant.End)
        {
            text.Append(CultureInfo.InvariantCulture, $"        to: {use.To}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"        rules: eu-edqm\n        product: {use.Product}\n        context: storage\n        probes:\n");
        foreach (var probe in use.Probes)
        {
            var offset = (probe.CalibrationMilli / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"          - {{ id: {probe.Probe}, role: {(probe.IsLoad ? "load" : "air")}, calibration-offset: {offset} }}\n");
        }

        if (use.Signals.Count > 0)
        {
            var signals = use.Signals.Select(signal => $"{{ id: {signal.Signal}, kind: {signal.Kind} }}");
            text.Append(CultureInfo.InvariantCulture, $"        signals: [{string.Join(", ", signals)}]\n");
        }
    }
}
