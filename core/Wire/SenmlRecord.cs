using System.Text.Json;

namespace ColdChain.Core.Wire;

/// <summary>
/// One SenML record as written, before anything is resolved: which labels it has and their values. Texts are slices of the message.
/// </summary>
internal ref struct SenmlRecord
{
    internal Label Seen;
    internal ReadOnlySpan<byte> BaseName, BaseUnit, Name, Unit, Text, Data, Epoch, Boot, Clock, Quality;
    internal long BaseTime, BaseValue, BaseVersion, Time, Value, Seq, Mono;
    internal bool State;

    internal readonly bool Has(Label label) => (Seen & label) != 0;

    /// <summary>Reads the members of the object that the reader stands on, to its end; false with an error otherwise.</summary>
    internal bool TryRead(scoped ref Utf8JsonReader json, out string error)
    {
        error = "";
        if (json.TokenType != JsonTokenType.StartObject)
        {
            error = $"is {json.TokenType}, not an object; send an array of SenML records";
            return false;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryReadMember(ref json, out error))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadMember(scoped ref Utf8JsonReader json, out string error)
    {
        error = "";
        if (!JsonText.TryRead(ref json, out var name))
        {
            error = "has a label with half of a surrogate pair; write labels in plain letters";
            return false;
        }

        var label = Labels.Parse(name);
        if (label == Label.None)
        {
            return TrySkipUnknown(ref json, name, out error);
        }

        if (Has(label))
        {
            error = $"has label {JsonText.Quote(name)} twice; send each label once";
            return false;
        }

        Seen |= label;
        json.Read();
        var wrong = TakeValue(ref json, label);
        error = wrong is null ? "" : $"label {JsonText.Quote(name)} {wrong}";
        return wrong is null;
    }

    // A label that ends in an underscore changes the meaning of its record: one that is not understood may not be skipped (RFC 8428 §4.4).
    private static bool TrySkipUnknown(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> name, out string error)
    {
        error = name.EndsWith("_"u8)
            ? $"has label {JsonText.Quote(name)}, which must be understood and is not; leave it out, or use a server that knows it"
            : "";
        json.Skip();
        return error.Length == 0;
    }

    private string? TakeValue(scoped ref Utf8JsonReader json, Label label) => label switch
    {
        Label.Name => TakeText(ref json, out Name),
        Label.Time => TakeThousandths(ref json, out Time),
        Label.Value => TakeThousandths(ref json, out Value),
        Label.State => TakeFlag(ref json, out State),
        Label.Text => TakeText(ref json, out Text),
        Label.Data => TakeText(ref json, out Data),
        Label.Mono => TakeInteger(ref json, out Mono),
        Label.Clock => TakeText(ref json, out Clock),
        Label.Quality => TakeText(ref json, out Quality),
        Label.Unit => TakeText(ref json, out Unit),
        Label.BaseName => TakeText(ref json, out BaseName),
        Label.BaseTime => TakeThousandths(ref json, out BaseTime),
        Label.BaseUnit => TakeText(ref json, out BaseUnit),
        Label.BaseValue => TakeThousandths(ref json, out BaseValue),
        Label.BaseVersion => TakeInteger(ref json, out BaseVersion),
        Label.Epoch => TakeText(ref json, out Epoch),
        Label.Seq => TakeInteger(ref json, out Seq),
        Label.Boot => TakeText(ref json, out Boot),
        _ => throw new ArgumentOutOfRangeException(nameof(label)),
    };

    private static string? TakeText(scoped ref Utf8JsonReader json, out ReadOnlySpan<byte> text)
    {
        text = default;
        return json.TokenType != JsonTokenType.String ? $"is {Found(ref json)}, not a text; send a JSON string"
            : !JsonText.TryRead(ref json, out text) ? "holds half of a surrogate pair; send whole characters"
            : null;
    }

    private static string? TakeFlag(scoped ref Utf8JsonReader json, out bool flag)
    {
        flag = json.TokenType == JsonTokenType.True;
        return json.TokenType is JsonTokenType.True or JsonTokenType.False
            ? null
            : $"is {Found(ref json)}, not a state; send true or false";
    }

    private static string? TakeThousandths(scoped ref Utf8JsonReader json, out long thousandths)
    {
        thousandths = 0;
        return json.TokenType != JsonTokenType.Number ? $"is {Found(ref json)}, not a number; send a JSON number such as 4.25"
            : !Thousandths.TryParse(json.ValueSpan, out thousandths)
                ? $"is {JsonText.Quote(json.ValueSpan)}, which is too large; send degrees Celsius, or seconds since 1970"
            : null;
    }

    private static string? TakeInteger(scoped ref Utf8JsonReader json, out long number)
    {
        number = 0;
        return json.TokenType == JsonTokenType.Number && json.TryGetInt64(out number) && number is >= 0 and <= WireLimits.IntegerMax
            ? null
            : $"is {Found(ref json)}, not a whole number; send an integer from 0 to {WireLimits.IntegerMax}";
    }

    private static string Found(scoped ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.Number => JsonText.Quote(json.ValueSpan),
        JsonTokenType.String => $"the text {JsonText.Quote(json.ValueSpan)}",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        _ => JsonText.Quote(json.ValueSpan),
    };
}
