using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Wire;

/// <summary>
/// Reads one pack: takes the records one after another and resolves each with the base values that stand so far (RFC 8428 §4.6).
/// </summary>
internal ref struct PackReader
{
    /// <summary>
    /// 2^28 s. Times above are absolute; smaller ones are relative to the moment of reading (RFC 8428 §4.5.3), which nobody can replay.
    /// Exactly this one stands for a clock that is not set.
    /// </summary>
    internal const long FirstAbsoluteMilliseconds = 268_435_456_000;

    // The end of the year 9999, the last that ISO 8601 writes with four digits.
    private const long LastMilliseconds = 253_402_300_799_999;

    private readonly DeviceId _device;
    private readonly ProbeNames _names;
    private readonly List<Reading> _readings = [];
    private ReadOnlySpan<byte> _baseName;
    private ReadOnlySpan<byte> _baseUnit;
    private long _baseTime;
    private long _baseValue;
    private string _epoch = "";
    private long _firstSeq;
    private string? _boot;
    private DeviceId? _otherDevice;

    internal PackReader(DeviceId device) => (_device, _names) = (device, new ProbeNames(device));

    /// <summary>The device that a record named although the pack came on another's topic; null when none did.</summary>
    internal readonly DeviceId? OtherDevice => _otherDevice;

    /// <summary>Reads the whole message; null when it is good, otherwise the error.</summary>
    internal string? Read(ReadOnlySpan<byte> message, out Pack pack)
    {
        pack = null!;
        if (message.Length > WireLimits.BytesMax)
        {
            return $"the pack has {message.Length} bytes, more than {WireLimits.BytesMax}; send fewer records in one pack";
        }

        if (!Utf8.IsValid(message))
        {
            return "the pack is not UTF-8; send SenML JSON (RFC 8428) in UTF-8";
        }

        var json = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = WireLimits.DepthMax });
        try
        {
            var error = ReadRecords(ref json);
            pack = error is null ? new Pack(_device, _epoch, _readings) : null!;
            return error;
        }
        catch (JsonException fault)
        {
            return $"the pack is not JSON: {JsonText.Describe(fault)}; send one whole SenML JSON array (RFC 8428)";
        }
    }

    private string? ReadRecords(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return $"the pack is {json.TokenType}, not an array; send an array of SenML records (RFC 8428)";
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (_readings.Count == WireLimits.RecordsMax)
            {
                return $"the pack has more than {WireLimits.RecordsMax} records; send fewer records in one pack";
            }

            var record = default(SenmlRecord);
            var wrong = record.TryRead(ref json, out var error) ? Resolve(in record) : error;
            if (wrong is not null)
            {
                return $"record {_readings.Count + 1} {wrong}";
            }
        }

        // The reader refuses anything but white space behind the array.
        json.Read();
        return _readings.Count == 0 ? "the pack has no records; send at least one" : null;
    }

    private string? Resolve(scoped in SenmlRecord record)
    {
        var (probe, measuredAt, value) = (default(ProbeId), default(Instant?), default(Celsius?));
        var wrong = ResolveBases(in record)
            ?? ResolveIdentity(in record)
            ?? _names.Resolve(_baseName, record.Name, out probe)
            ?? ResolveTime(in record, out measuredAt)
            ?? ResolveValue(in record, out value);
        if (wrong is null)
        {
            _readings.Add(new Reading
            {
                Key = new ReadingKey(_device, _epoch, _epoch.Length == 0 ? 0 : _firstSeq + _readings.Count),
                Probe = probe,
                MeasuredAt = measuredAt,
                Value = value,
                State = record.Has(Label.State) ? record.State : null,
                Fault = record.Has(Label.Text) ? Encoding.UTF8.GetString(record.Text) : null,
                RawFrame = record.Has(Label.Data) ? Encoding.UTF8.GetString(record.Data) : null,
                Boot = _boot,
                Mono = record.Has(Label.Mono) ? record.Mono : null,
            });
        }
        else if (probe != default && probe.Device != _device)
        {
            _otherDevice = probe.Device;
        }

        return wrong;
    }

    // A base value holds for its own record and all that follow, until it is stated again (RFC 8428 §4.1).
    private string? ResolveBases(scoped in SenmlRecord record)
    {
        _baseName = record.Has(Label.BaseName) ? record.BaseName : _baseName;
        _baseUnit = record.Has(Label.BaseUnit) ? record.BaseUnit : _baseUnit;
        _baseTime = record.Has(Label.BaseTime) ? record.BaseTime : _baseTime;
        _baseValue = record.Has(Label.BaseValue) ? record.BaseValue : _baseValue;
        var unit = record.Has(Label.Unit) ? record.Unit : _baseUnit;
        return record.Has(Label.BaseVersion) && record.BaseVersion is not (> 0 and <= 10)
                ? $"states SenML version {record.BaseVersion} in bver; send version 10 or none"
            : !unit.IsEmpty && !unit.SequenceEqual("Cel"u8)
                ? $"has unit {JsonText.Quote(unit)}; send degrees Celsius, unit 'Cel', or no unit"
            : null;
    }

    private string? ResolveIdentity(scoped in SenmlRecord record)
    {
        if (record.Has(Label.Boot))
        {
            // Our own base label: an empty text takes the boot back.
            var boot = Encoding.UTF8.GetString(record.Boot);
            _boot = boot.Length == 0 ? null : boot;
        }

        return _boot?.Length > WireLimits.NameLengthMax
                ? $"has a boot of {_boot.Length} characters; send at most {WireLimits.NameLengthMax}"
            : _readings.Count == 0 ? StartIdentity(in record)
            : record.Has(Label.Epoch) && !Ascii.Equals(record.Epoch, _epoch)
                ? $"has epoch {JsonText.Quote(record.Epoch)}, the first record has '{_epoch}'; send one epoch in one pack"
            : record.Has(Label.Seq) && (_epoch.Length == 0 || record.Seq != _firstSeq + _readings.Count)
                ? $"has seq {record.Seq}, which does not continue the first record's; number records one after another, or only the first"
            : null;
    }

    private string? StartIdentity(scoped in SenmlRecord record)
    {
        if (!record.Has(Label.Epoch) && !record.Has(Label.Seq))
        {
            return null;
        }

        if (!record.Has(Label.Epoch) || !record.Has(Label.Seq))
        {
            return "has only one of epoch and seq; send both, or neither from a device that is enrolled as foreign";
        }

        if (!Epochs.IsValid(record.Epoch))
        {
            return $"has epoch {JsonText.Quote(record.Epoch)}; send the outbox's id, 32 lower-case hexadecimal digits";
        }

        if (record.Seq is < 1 or > WireLimits.IntegerMax - WireLimits.RecordsMax)
        {
            return $"has seq {record.Seq}; number readings from 1 to {WireLimits.IntegerMax - WireLimits.RecordsMax}";
        }

        (_epoch, _firstSeq) = (Encoding.ASCII.GetString(record.Epoch), record.Seq);
        return null;
    }

    private readonly string? ResolveTime(scoped in SenmlRecord record, out Instant? measuredAt)
    {
        var milliseconds = _baseTime + record.Time;
        measuredAt = record.Has(Label.Clock) ? null : new Instant(milliseconds);
        if (!record.Has(Label.Clock))
        {
            return milliseconds is > FirstAbsoluteMilliseconds and <= LastMilliseconds
                ? null
                : $"has the time {Thousandths.ToText(milliseconds)} s; send bt + t as seconds since 1970, "
                    + "above 268435456 (below it means relative to now) and before the year 10000";
        }

        return !record.Clock.SequenceEqual("unset"u8)
                ? $"has clock_ {JsonText.Quote(record.Clock)}; send 'unset', or leave it out when the clock is set"
            : milliseconds != FirstAbsoluteMilliseconds
                ? $"has clock_ 'unset' and the time {Thousandths.ToText(milliseconds)} s; send the time 268435456 with it"
            : _boot is null || !record.Has(Label.Mono)
                ? "has clock_ 'unset' without boot and mono; send both, so that its instant can be found later"
            : _epoch.Length == 0
                ? "has clock_ 'unset' but the pack has no epoch and seq; set the clock of a foreign device before it publishes"
            : null;
    }

    private readonly string? ResolveValue(scoped in SenmlRecord record, out Celsius? value)
    {
        value = null;
        if (record.Has(Label.Quality) && !record.Quality.SequenceEqual("good"u8))
        {
            return $"has q_ {JsonText.Quote(record.Quality)}; send 'good', leave it out, or send a fault as vs";
        }

        if (!record.Has(Label.Value) && !record.Has(Label.State))
        {
            return ResolveFault(in record);
        }

        if (record.Has(Label.Text) || record.Has(Label.Data))
        {
            return $"has a {(record.Has(Label.Value) ? "value v" : "state vb")} and a fault (vs or vd); send one of them";
        }

        if (!record.Has(Label.Value))
        {
            return null; // The base value is of numbers.
        }

        if (record.Has(Label.State))
        {
            return "has a value v and a state vb; send one of them";
        }

        var milli = _baseValue + record.Value;
        value = Celsius.TryFromMilli(milli, out var celsius) ? celsius : null;
        return value is null
            ? $"has the value {Thousandths.ToText(milli)}; send degrees Celsius from -273.15 to 1000000, and a failed sample as vs"
            : null;
    }

    private static string? ResolveFault(scoped in SenmlRecord record) =>
        !record.Has(Label.Text) ? "has none of v, vb and vs; send a temperature as v, the state of a signal as vb, or the reason why there is neither as vs"
        : Encoding.UTF8.GetCharCount(record.Text) is 0 or > WireLimits.NameLengthMax
            ? $"has a vs of {record.Text.Length} bytes; send a reason of 1 to {WireLimits.NameLengthMax} characters"
        : record.Has(Label.Data) && (record.Data.Length > WireLimits.FrameLengthMax || !Base64Url.IsValid(record.Data))
            ? $"has vd {JsonText.Quote(record.Data)}; send at most {WireLimits.FrameLengthMax} characters of base64url"
        : null;
}
