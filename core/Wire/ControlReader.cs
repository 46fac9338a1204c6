using System.Text.Json;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Wire;

/// <summary>
/// The members of one JSON object of a control message. A member that is missing or wrong is reported to <see cref="Fail"/>, reads as an
/// empty value, and the first report decides: callers read on and are told once at the end.
/// </summary>
internal sealed class ControlReader
{
    private readonly JsonElement _object;
    private readonly string _path;
    private readonly List<string> _errors;

    private ControlReader(JsonElement element, string path, List<string> errors) => (_object, _path, _errors) = (element, path, errors);

    /// <summary>Reads a whole message with one object; <paramref name="name"/> is how errors call it.</summary>
    internal static bool TryRead<T>(ReadOnlySpan<byte> message, string name, Func<ControlReader, T> read, out T value, out string error)
        where T : class
    {
        value = null!;
        if (!StrictJson.TryParse(message, $"the {name}", WireLimits.BytesMax, WireLimits.DepthMax, out var document, out error))
        {
            return false;
        }

        using (document)
        {
            var errors = new List<string>();
            var members = new ControlReader(document.RootElement, $"the {name}", errors);
            var decoded = members.IsObject() ? read(members) : null;
            error = errors.FirstOrDefault("");
            value = error.Length == 0 ? decoded! : null!;
        }

        return error.Length == 0;
    }

    /// <summary>A text of 1 to <paramref name="lengthMax"/> characters.</summary>
    internal string Text(string member, int lengthMax)
    {
        var text = OptionalText(member, lengthMax);
        return string.IsNullOrEmpty(text) ? Fail(member, "is missing or empty", $"send a text of 1 to {lengthMax} characters", "") : text;
    }

    /// <summary>A text that may be absent or null.</summary>
    internal string? OptionalText(string member, int lengthMax)
    {
        if (!Find(member, out var element))
        {
            return null;
        }

        var text = element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        return text is null || text.Length > lengthMax
            ? Fail(member, "is not a text of an allowed length", $"send at most {lengthMax} characters", "")
            : text;
    }

    /// <summary>An epoch: 32 lower-case hexadecimal digits.</summary>
    internal string Epoch(string member)
    {
        var text = Text(member, WireLimits.NameLengthMax);
        return Epochs.IsValid(text) ? text : Fail(member, "is not an epoch", "send 32 lower-case hexadecimal digits", "");
    }

    /// <summary>An epoch that may be absent or null.</summary>
    internal string? OptionalEpoch(string member) => Find(member, out _) ? Epoch(member) : null;

    /// <summary>A sum of contents in two members, which may both be absent.</summary>
    internal ContentSum? OptionalSum(string fromMember, string sumMember)
    {
        if (!Find(fromMember, out _) && !Find(sumMember, out _))
        {
            return null;
        }

        var from = Integer(fromMember, 1);
        return ContentSum.TryParseHex(Text(sumMember, WireLimits.NameLengthMax), out var value)
            ? new ContentSum(from, value)
            : Fail<ContentSum?>(sumMember, "is not a sum of contents", "send 16 lower-case hexadecimal digits", null);
    }

    /// <summary>True or false; absent is false.</summary>
    internal bool Flag(string member) => Find(member, out var element)
        && (element.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? element.GetBoolean()
            : Fail(member, "is neither true nor false", "send true or false", false));

    /// <summary>An object that may be absent or null.</summary>
    internal T? Optional<T>(string member, Func<ControlReader, T> read)
        where T : class
    {
        if (!Find(member, out var element))
        {
            return null;
        }

        var members = new ControlReader(element, $"{_path}: {member}", _errors);
        return members.IsObject() ? read(members) : null;
    }

    /// <summary>A whole number from <paramref name="lowest"/> to <paramref name="highest"/>, both inclusive.</summary>
    internal long Integer(string member, long lowest, long highest = WireLimits.IntegerMax) =>
        Find(member, out var element) && element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number)
        && number >= lowest && number <= highest
            ? number
            : Fail(member, "is missing or out of range", $"send a whole number from {lowest} to {highest}", lowest);

    /// <summary>A set of sequence numbers in its written form; absent is empty.</summary>
    internal SeqRanges Ranges(string member)
    {
        var text = OptionalText(member, WireLimits.BytesMax) ?? "";
        return SeqRanges.TryParse(text, out var ranges) && ranges.Last <= WireLimits.IntegerMax
            ? ranges
            : Fail(member, "is not a list of ranges", "send ascending ranges such as 5-9,12", SeqRanges.Empty);
    }

    /// <summary>A date and time with zone, kept as text; null when absent or null.</summary>
    internal string? OptionalInstant(string member)
    {
        var text = OptionalText(member, WireLimits.NameLengthMax);
        return text is null || Instant.TryParse(text, out _)
            ? text
            : Fail(member, "is not an instant", "send ISO 8601 with its zone, or null", "");
    }

    /// <summary>A date and time with zone, from 1970 to 9998.</summary>
    internal Instant StatedInstant(string member) =>
        Instant.TryParseStated(Text(member, WireLimits.NameLengthMax), out var instant)
            ? instant
            : Fail(member, "is not an instant", "send ISO 8601 with its zone, from 1970 to 9998", default(Instant));

    /// <summary>An array of objects; absent is empty.</summary>
    internal IReadOnlyList<T> List<T>(string member, int countMax, Func<ControlReader, T> read)
    {
        if (!Find(member, out var array))
        {
            return [];
        }

        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() > countMax)
        {
            return Fail<IReadOnlyList<T>>(member, "is not an array of an allowed length", $"send at most {countMax} objects", []);
        }

        var list = new List<T>();
        foreach (var element in array.EnumerateArray())
        {
            var members = new ControlReader(element, $"{_path}: {member}[{list.Count}]", _errors);
            if (!members.IsObject())
            {
                break;
            }

            list.Add(read(members));
        }

        return list;
    }

    private bool IsObject()
    {
        if (_object.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        _errors.Add($"{_path} is {_object.ValueKind}, not an object; send a JSON object");
        return false;
    }

    private bool Find(string member, out JsonElement element) =>
        _object.TryGetProperty(member, out element) && element.ValueKind != JsonValueKind.Null;

    private T Fail<T>(string member, string reason, string cure, T instead)
    {
        _errors.Add($"{_path}: {member} {reason}; {cure}");
        return instead;
    }
}
