using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Core.Rules;

/// <summary>
/// One JSON object of a rule pack. Every key that is missing, wrong or unknown becomes an error that names product, key, reason and cure;
/// reading goes on with an empty value, so that an author sees all errors at once.
/// </summary>
internal sealed class RuleNode
{
    private readonly Dictionary<string, JsonElement> _members = [];
    private readonly HashSet<string> _read = [];
    private readonly PackContext _context;
    private readonly string _keys;

    internal RuleNode(JsonElement element, string owner, string keys, PackContext context)
    {
        (Owner, _keys, _context) = (owner, keys, context);
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fail("", $"is {Describe(element)}, not an object", "write an object in braces");
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!_members.TryAdd(member.Name, member.Value))
            {
                Fail(member.Name, "is written twice", "keep one of them");
            }
        }
    }

    /// <summary>Whose numbers these are, as errors name it: the pack, or a product in its context.</summary>
    internal string Owner { get; }

    /// <summary>True when the key is present.</summary>
    internal bool Has(string key) => _members.ContainsKey(key);

    /// <summary>The same for a key that may be left out, which an error about unknown keys then names among those that exist.</summary>
    internal bool Knows(string key)
    {
        _read.Add(key);
        return Has(key);
    }

    /// <summary>Reports an error about a key of this object, or with an empty key about the object itself.</summary>
    internal void Fail(string key, string reason, string cure)
    {
        _context.Fail(Owner, Path(key), reason, cure);
    }

    /// <summary>Reports the keys that nobody has read. Call it when the object has been read to its end.</summary>
    internal void Close()
    {
        foreach (var key in _members.Keys.Where(key => !_read.Contains(key)))
        {
            Fail(key, "is not a known key", $"remove it, or correct it to one of: {string.Join(", ", _read.Order(StringComparer.Ordinal))}");
        }
    }

    internal string Text(string key)
    {
        var text = Take(key, out var element) && element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
        if (string.IsNullOrWhiteSpace(text))
        {
            Fail(key, "is missing or not a text", "write a text in quotes");
        }
        else if (text.Any(char.IsControl))
        {
            Fail(key, "holds a control character", "write plain characters only");
        }

        return text;
    }

    internal string OptionalText(string key)
    {
        _read.Add(key);
        return Has(key) ? Text(key) : "";
    }

    internal Instant Instant(string key)
    {
        var text = Text(key);
        if (!Readings.Instant.TryParse(text, out var instant) && text.Length > 0)
        {
            Fail(key, $"is '{ShownText.Of(text)}'", "write a date and time with its zone, such as 2026-11-01T00:00:00Z");
        }

        return instant;
    }

    /// <summary>One of some words; the first of them when it is none.</summary>
    internal T Choice<T>(string key, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        var text = Text(key);
        foreach (var (word, value) in choices)
        {
            if (word == text)
            {
                return value;
            }
        }

        if (text.Length > 0)
        {
            var words = new List<string>();
            foreach (var (word, _) in choices)
            {
                words.Add(word);
            }

            Fail(key, $"is '{ShownText.Of(text)}'", $"write one of: {string.Join(", ", words)}");
        }

        return choices[0].Value;
    }

    internal bool YesOrNo(string key)
    {
        var found = Take(key, out var element);
        if (!found || element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fail(key, "is missing or not a yes or no", "write true or false");
            return false;
        }

        return element.GetBoolean();
    }

    /// <summary>A plain number; null when absent, and when it is none (then also an error).</summary>
    internal decimal? OptionalNumber(string key)
    {
        if (!Take(key, out var element))
        {
            return null;
        }

        if (element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out var number))
        {
            return number;
        }

        Fail(key, $"is {Describe(element)}, not a number", "write a decimal number such as 2.5");
        return null;
    }

    /// <summary>The text of a source that the pack's table names.</summary>
    internal string Source()
    {
        var key = Text("source");
        if (_context.Sources.TryGetValue(key, out var text))
        {
            return text;
        }

        if (key.Length > 0)
        {
            Fail("source", $"is '{ShownText.Of(key)}', which the pack's sources do not have", "add it to sources, or correct it");
        }

        return "";
    }

    internal FigureStatus Status() => Choice("status",
        ("from-memory", FigureStatus.FromMemory), ("verified", FigureStatus.Verified), ("engineering-default", FigureStatus.EngineeringDefault));

    /// <summary>The object under a key; null when absent.</summary>
    internal RuleNode? Optional(string key) => Take(key, out var element) ? new RuleNode(element, Owner, Path(key), _context) : null;

    /// <summary>The object under a key, which must be there.</summary>
    internal bool Required(string key, [NotNullWhen(true)] out RuleNode? node)
    {
        node = Optional(key);
        if (node is null)
        {
            Fail(key, "is missing", "add it");
        }

        return node is not null;
    }

    /// <summary>The elements of the array under a key; none when absent. An element for which an owner is named starts its own keys.</summary>
    internal IEnumerable<RuleNode> List(string key, Func<JsonElement, int, string>? owner = null)
    {
        if (!Take(key, out var array))
        {
            yield break;
        }

        if (array.ValueKind != JsonValueKind.Array)
        {
            Fail(key, $"is {Describe(array)}, not an array", "write an array in brackets");
            yield break;
        }

        var index = 0;
        foreach (var element in array.EnumerateArray())
        {
            yield return owner is null
                ? new RuleNode(element, Owner, $"{Path(key)}[{index}]", _context)
                : new RuleNode(element, owner(element, index), "", _context);
            index++;
        }
    }

    /// <summary>The keys and texts of a table of texts.</summary>
    internal void TakeTable(string key, Dictionary<string, string> table)
    {
        if (Required(key, out var node))
        {
            foreach (var name in node._members.Keys)
            {
                table[name] = node.Text(name);
            }
        }
    }

    /// <summary>The full key of one in this object, as errors and figures name it.</summary>
    internal string Path(string key) => _keys.Length == 0 ? key : key.Length == 0 ? _keys : $"{_keys}.{key}";

    private bool Take(string key, out JsonElement element)
    {
        _read.Add(key);
        return _members.TryGetValue(key, out element);
    }

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Null => "null",
        _ => $"'{ShownText.Of(element.GetRawText())}'",
    };
}

/// <summary>What all objects of one pack share while it is read.</summary>
internal sealed class PackContext
{
    private const int ErrorsMax = 100;
    private const int NameMax = 120;
    private const int PartMax = 160;

    private readonly List<string> _errors = [];
    private int _more;

    /// <summary>What is wrong; beyond the first hundred, how many more.</summary>
    internal IReadOnlyList<string> Errors => _more == 0 ? _errors : [.. _errors, $"the rule pack has {_more} more errors; mend these first"];

    /// <summary>Reports an error. Each part may repeat what the file says, however long that is.</summary>
    internal void Fail(string owner, string path, string reason, string cure)
    {
        if (_errors.Count == ErrorsMax)
        {
            _more++;
            return;
        }

        var (who, where) = (ShownText.Of(owner, NameMax), ShownText.Of(path, NameMax));
        _errors.Add($"{who}{(where.Length == 0 ? "" : $": {where}")} {ShownText.Of(reason, PartMax)}; {ShownText.Of(cure, PartMax)}");
    }

    internal Dictionary<string, string> Sources { get; } = [];
}
