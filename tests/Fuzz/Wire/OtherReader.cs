using System.Globalization;
using System.Text.Json;
using ColdChain.Core.Wire;

namespace ColdChain.Fuzz.Tests.Wire;

/// <summary>
/// Reads a pack the slow way, with the platform's document and decimal numbers, as a second opinion on what the codec made of it.
/// </summary>
internal static class OtherReader
{
    /// <summary>Throws unless the pack has one reading for each record, with its probe and its value.</summary>
    public static void RequireSameReadings(byte[] json, Pack pack)
    {
        using var document = JsonDocument.Parse(json);
        var (baseName, baseValue) = ("", 0m);
        var place = 0;
        foreach (var record in document.RootElement.EnumerateArray())
        {
            var reading = pack.Readings[place++];
            baseName = Text(record, "bn") ?? baseName;
            baseValue = Number(record, "bv") ?? baseValue;
            Require(reading.Probe.ToString(), baseName + Text(record, "n"));
            Require(reading.Fault, Text(record, "vs"));
            Require(reading.State, record.TryGetProperty("vb", out var state) ? state.GetBoolean() : null);
            if (record.TryGetProperty("v", out _) && Number(record, "v") is { } value)
            {
                Require(reading.Value?.Milli, (int)(baseValue + value));
            }
        }

        Require(pack.Readings.Count, place);
    }

    private static string? Text(JsonElement record, string label) => record.TryGetProperty(label, out var text) ? text.GetString() : null;

    // In thousandths; null also for what a decimal cannot hold.
    private static decimal? Number(JsonElement record, string label) =>
        record.TryGetProperty(label, out var number)
        && decimal.TryParse(number.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && Math.Abs(value) < 1e15m
            ? decimal.Round(value * 1000m, MidpointRounding.AwayFromZero)
            : null;

    private static void Require<T>(T read, T expected)
    {
        if (!Equals(read, expected))
        {
            throw new InvalidOperationException($"the codec read '{read}' and another reader reads '{expected}'");
        }
    }
}
