using System.Text.Json;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Wire;

/// <summary>
/// Writes the records of one pack. A base value is stated in the first record, and again where it changes: the boot after a restart, the
/// base time where the device's clock becomes trusted or stops being so.
/// </summary>
internal sealed class PackWriter(Utf8JsonWriter json, Pack pack)
{
    private const long UnsetMilliseconds = PackReader.FirstAbsoluteMilliseconds;

    private long? _baseMilliseconds;
    private string? _boot;

    internal void Write()
    {
        json.WriteStartArray();
        foreach (var reading in pack.Readings)
        {
            json.WriteStartObject();
            WriteBases(reading);
            WriteRecord(reading);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteBases(Reading reading)
    {
        if (_baseMilliseconds is null)
        {
            json.WriteString("bn"u8, $"{pack.Device}/");
            json.WriteString("bu"u8, "Cel"u8);
            WriteIdentity();
        }

        var milliseconds = reading.MeasuredAt?.Milliseconds ?? UnsetMilliseconds;
        var wasUnset = _baseMilliseconds == UnsetMilliseconds;
        if (_baseMilliseconds is null || wasUnset != reading.MeasuredAt is null)
        {
            _baseMilliseconds = milliseconds;
            json.WriteNumber("bt"u8, milliseconds / 1000m);
        }

        if (reading.Boot != _boot)
        {
            _boot = reading.Boot;
            json.WriteString("boot"u8, _boot ?? "");
        }
    }

    private void WriteIdentity()
    {
        if (!pack.IsForeign)
        {
            json.WriteString("epoch"u8, pack.Epoch);
            json.WriteNumber("seq"u8, pack.FirstSeq);
        }
    }

    private void WriteRecord(Reading reading)
    {
        json.WriteString("n"u8, reading.Probe.Name);
        if (reading.MeasuredAt is not { } measuredAt)
        {
            json.WriteString("clock_"u8, "unset"u8);
        }
        else if (measuredAt.Milliseconds != _baseMilliseconds)
        {
            json.WriteNumber("t"u8, (measuredAt.Milliseconds - _baseMilliseconds!.Value) / 1000m);
        }

        if (reading.Value is { } value)
        {
            json.WriteNumber("v"u8, value.ToDegrees());
        }
        else if (reading.State is { } state)
        {
            json.WriteBoolean("vb"u8, state);
        }
        else
        {
            json.WriteString("vs"u8, reading.Fault);
        }

        if (reading.RawFrame is not null)
        {
            json.WriteString("vd"u8, reading.RawFrame);
        }

        if (reading.Mono is { } mono)
        {
            json.WriteNumber("mono"u8, mono);
        }
    }
}
