using System.Diagnostics.CodeAnalysis;
using ColdChain.Core.Wire;
using YamlDotNet.RepresentationModel;

namespace ColdChain.Server.Fleet;

/// <summary>Turns a text into a value; false when it cannot.</summary>
internal delegate bool Parse<T>(string text, out T value);

/// <summary>
/// One mapping of the fleet file. Each key is asked for by name; what is missing or wrong goes to the list of errors with its line, and the
/// answer is then a default, so that reading goes on and finds the rest. <see cref="Close"/> reports the keys nobody asked for.
/// </summary>
internal sealed class YamlMap(YamlMappingNode node, string subject, List<FleetError> errors)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>How errors name this mapping; changed once its id is known.</summary>
    public string Subject { get; set; } = subject;

    public long Line => node.Start.Line;

    public long LineOf(string key) => Find(key)?.Start.Line ?? Line;

    /// <summary>A required text that is not empty; the empty text after an error.</summary>
    public string Text(string key, string cure) => Value<string>(key, IsText, cure) ?? "";

    /// <summary>A required value; the default after an error.</summary>
    public T? Value<T>(string key, Parse<T> parse, string cure)
    {
        if (Ask(key) is { } value)
        {
            return TryParse(key, value, parse, cure, out var parsed) ? parsed : default;
        }

        Report(Line, $"has no '{key}'", cure);
        return default;
    }

    /// <summary>A value that may be left out; the fallback when it is, or after an error.</summary>
    public T ValueOr<T>(string key, T fallback, Parse<T> parse, string cure) =>
        Ask(key) is { } value && TryParse(key, value, parse, cure, out var parsed) ? parsed : fallback;

    /// <summary>True when a key that may be left out is there.</summary>
    public bool Knows(string key) => Ask(key) is not null;

    /// <summary>The texts of a list that may be left out; null when it is. What is no list is an error, and one empty text; what is no text is an error, and not among them.</summary>
    public IReadOnlyList<string>? Texts(string key, string cure)
    {
        if (Ask(key) is not { } value)
        {
            return null;
        }

        if (value is not YamlSequenceNode list)
        {
            Report(value.Start.Line, $"has '{key}' that is not a list", cure);
            return [""];
        }

        return [.. list.Children.Select(item => TryParse<string>(key, item, IsText, cure, out var text) ? text : null).OfType<string>()];
    }

    /// <summary>The mappings of a list; none after an error.</summary>
    public IEnumerable<YamlMap> List(string key, string itemName, bool required)
    {
        switch (Ask(key))
        {
            case YamlSequenceNode list:
                return list.Children.Select((item, place) => Item(item, $"{itemName} {place + 1}")).OfType<YamlMap>();
            case null when !required:
                return [];
            case null:
                Report(Line, $"has no '{key}'", $"Add a list of {key}");
                return [];
            case var other:
                Report(other.Start.Line, $"has '{key}' that is not a list", "Start each entry on a line of its own with a dash");
                return [];
        }
    }

    public void Report(long line, string reason, string cure) => errors.Add(new FleetError(line, Subject, reason, cure));

    /// <summary>Reports every key that was not asked for.</summary>
    public void Close()
    {
        foreach (var key in node.Children.Keys.Where(key => key is not YamlScalarNode { Value: { } name } || !_asked.Contains(name)))
        {
            Report(key.Start.Line, $"has the unknown key '{ShownText.Of(key.ToString())}'", $"Remove it, or write one of: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}");
        }
    }

    private static bool IsText(string text, out string value)
    {
        value = text;
        return text.Length > 0 && !text.Any(char.IsControl);
    }

    private YamlMap? Item(YamlNode item, string name)
    {
        if (item is YamlMappingNode mapping)
        {
            return new YamlMap(mapping, name, errors);
        }

        errors.Add(new FleetError(item.Start.Line, name, "is not a mapping", "Write its keys and values, one a line, as 'key: value'"));
        return null;
    }

    private bool TryParse<T>(string key, YamlNode value, Parse<T> parse, string cure, [MaybeNullWhen(false)] out T parsed)
    {
        parsed = default;
        if (value is YamlScalarNode { Value: { } text } && parse(text, out parsed))
        {
            return true;
        }

        var shown = value is YamlScalarNode scalar ? $"'{ShownText.Of(scalar.Value ?? "")}'" : "several values";
        Report(value.Start.Line, $"has {shown} as {key}", cure);
        return false;
    }

    private YamlNode? Ask(string key)
    {
        _asked.Add(key);
        return Find(key);
    }

    private YamlNode? Find(string key) =>
        node.Children.FirstOrDefault(child => child.Key is YamlScalarNode scalar && scalar.Value == key).Value;
}
