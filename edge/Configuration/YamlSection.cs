using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace ColdChain.Edge.Configuration;

/// <summary>
/// A mapping of the configuration file. Each key is asked for by the code that knows it; what nobody has asked for in the end is an unknown
/// key. Every question reports its own error and then answers with a harmless value, so that one run finds all errors.
/// </summary>
internal sealed class YamlSection(YamlMappingNode node, ConfigErrors errors)
{
    private readonly HashSet<string> _asked = [];

    public long Line => node.Start.Line;

    /// <summary>The line of a key, or of the section when the key is absent.</summary>
    public long LineOf(string key) => Find(key)?.Start.Line ?? Line;

    public bool Has(string key) => Find(key) is not null;

    public void Error(string key, string reason, string cure) => errors.Add(LineOf(key), reason, cure);

    public string Text(string key, string cure)
    {
        if (OptionalText(key) is { } text)
        {
            return text;
        }

        if (Find(key) is null)
        {
            errors.Add(Line, $"'{key}' is missing", cure);
        }

        return "";
    }

    public string? OptionalText(string key)
    {
        switch (Ask(key))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { Length: > 0 } value }:
                return value;
            default:
                Error(key, $"'{key}' is not a text", "write one value behind the colon");
                return null;
        }
    }

    /// <summary>A number between two limits, both allowed.</summary>
    public double Number(string key, double fallback, double min, double max)
    {
        if (OptionalText(key) is not { } text)
        {
            return fallback;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        var example = string.Create(CultureInfo.InvariantCulture, $"write for example {fallback}");
        Error(key, $"'{key}: {text}' is not a number from {min} to {max}", example);
        return fallback;
    }

    /// <summary>A whole number between two limits, both allowed.</summary>
    public int Whole(string key, int fallback, int min, int max)
    {
        var number = Number(key, fallback, min, max);
        if (Math.Floor(number) == number)
        {
            return (int)number;
        }

        Error(key, $"'{key}' is not a whole number", $"write for example {fallback}");
        return fallback;
    }

    public bool Flag(string key, bool fallback)
    {
        switch (OptionalText(key))
        {
            case null:
                return fallback;
            case "true":
                return true;
            case "false":
                return false;
            case var text:
                Error(key, $"'{key}: {text}' is neither true nor false", "write true or false");
                return fallback;
        }
    }

    /// <summary>One of a set of words.</summary>
    public T OneOf<T>(string key, IReadOnlyDictionary<string, T> choices, T fallback)
    {
        var words = string.Join(", ", choices.Keys);
        var text = Text(key, $"write '{key}:' with one of {words}");
        if (text.Length == 0 || choices.TryGetValue(text, out fallback!))
        {
            return fallback;
        }

        Error(key, $"'{key}: {text}' is not known", $"write one of {words}");
        return fallback;
    }

    /// <summary>
    /// A nested mapping. When it is absent or none, that is the one error: an empty mapping, whose own errors nobody sees, stands in.
    /// </summary>
    public YamlSection Section(string key)
    {
        switch (Ask(key))
        {
            case YamlMappingNode mapping:
                return new YamlSection(mapping, errors);
            case null:
                errors.Add(Line, $"'{key}' is missing", $"write '{key}:' and its keys below it");
                return new YamlSection([], new ConfigErrors(key));
            default:
                Error(key, $"'{key}' has no keys of its own", $"write its keys below '{key}:', indented");
                return new YamlSection([], new ConfigErrors(key));
        }
    }

    /// <summary>A list of mappings with at least one entry.</summary>
    public IReadOnlyList<YamlSection> Sections(string key)
    {
        if (Ask(key) is YamlSequenceNode { Children.Count: > 0 } list && list.Children.All(child => child is YamlMappingNode))
        {
            return [.. list.Children.Cast<YamlMappingNode>().Select(child => new YamlSection(child, errors))];
        }

        errors.Add(
            LineOf(key), $"'{key}' is not a list of entries with keys", $"write '{key}:' and below it at least one entry that begins with '- '");
        return [];
    }

    /// <summary>Reports every key that was not asked for.</summary>
    public void RejectUnknownKeys()
    {
        foreach (var key in node.Children.Keys.OfType<YamlScalarNode>().Where(key => !_asked.Contains(key.Value ?? "")))
        {
            errors.Add(
                key.Start.Line, $"'{key.Value}' is not a key that is known here", $"use {string.Join(", ", _asked.Order())}, or remove it");
        }
    }

    private YamlNode? Ask(string key)
    {
        _asked.Add(key);
        return Find(key);
    }

    private YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
}
