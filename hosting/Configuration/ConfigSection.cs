using System.Globalization;
using System.Net;
using YamlDotNet.RepresentationModel;

namespace ColdChain.Hosting.Configuration;

/// <summary>
/// A section of a configuration. Each key is asked for by the code that knows it; what nobody has asked for in the end is an unknown key.
/// Every question reports its own error and then answers with a harmless value, so that one run finds all errors.
/// </summary>
public sealed class ConfigSection
{
    internal const string Separator = ":";

    private readonly YamlMappingNode _node;
    private readonly ConfigFile _file;
    private readonly string _path;
    private readonly bool _isAbsent;
    private readonly HashSet<string> _asked = [];

    /// <param name="node">The mapping.</param>
    /// <param name="file">Where it stands.</param>
    /// <param name="path">Its path; empty for the root.</param>
    /// <param name="isAbsent">True when it stands in for one whose absence is reported already: no key of it is missing then.</param>
    internal ConfigSection(YamlMappingNode node, ConfigFile file, string path, bool isAbsent = false) =>
        (_node, _file, _path, _isAbsent) = (node, file, path, isAbsent);

    /// <summary>True when the key has a value, in the file or outside it.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The place of a key in the file, from 1; of the section when the key is absent.</summary>
    public long LineOf(string key) => (Find(key) ?? _node).Start.Line;

    /// <summary>Reports an error of a key.</summary>
    public void Error(string key, string reason, string cure) =>
        _file.Errors.Add(_file.OriginOf(Find(key) ?? _node), reason, cure);

    /// <summary>A text that must be there; empty after an error.</summary>
    public string Text(string key, string cure)
    {
        if (OptionalText(key) is { } text)
        {
            return text;
        }

        if (!Has(key))
        {
            ReportMissing(key, cure);
        }

        return "";
    }

    /// <summary>A text; null when it is absent or after an error.</summary>
    public string? OptionalText(string key)
    {
        switch (Ask(key))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { Length: > 0 } value } when value.Any(char.IsControl):
                Error(key, $"'{key}' holds a control character", "write plain characters only");
                return null;
            case YamlScalarNode { Value: { Length: > 0 } value }:
                return value;
            default:
                Error(key, $"'{key}' is not a text", "write one value behind the colon");
                return null;
        }
    }

    /// <summary>A path that must be there, made absolute as <see cref="OptionalPath"/> does; empty after an error.</summary>
    public string FullPath(string key, string cure) => Text(key, cure) is { Length: > 0 } text ? _file.FullPath(text, Find(key)!) : "";

    /// <summary>
    /// A path, made absolute: one of the file starts at the file's folder, one of the environment or the command line at the current one.
    /// Null when it is absent.
    /// </summary>
    public string? OptionalPath(string key) => OptionalText(key) is { } text ? _file.FullPath(text, Find(key)!) : null;

    /// <summary>A path as <see cref="OptionalPath"/>; when it is absent, a name in the file's folder.</summary>
    public string PathOr(string key, string fallback) => OptionalPath(key) ?? _file.InFolder(fallback);

    /// <summary>The path of a file that is there; null when it is absent, or after an error.</summary>
    public string? OptionalFile(string key)
    {
        var path = OptionalPath(key);
        if (path is null || File.Exists(path))
        {
            return path;
        }

        Error(key, $"there is no file {path}", "create it, or correct the path");
        return null;
    }

    /// <summary>The text of a file, without the end of its line: a password, for example. Null when it is absent, or after an error.</summary>
    public string? OptionalSecret(string key)
    {
        if (OptionalFile(key) is not { } path)
        {
            return null;
        }

        try
        {
            if (File.ReadAllText(path).TrimEnd('\r', '\n') is { Length: > 0 } secret)
            {
                return secret;
            }

            Error(key, $"{path} is empty", "write the password into it, on one line");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Error(key, $"{path} cannot be read: {e.Message.TrimEnd('.')}", "let the user of this program read it");
        }

        return null;
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
        Error(key, $"'{key}: {Legible.Of(text)}' is not a number from {min} to {max}", example);
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

    /// <summary>True or false.</summary>
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
                Error(key, $"'{key}: {Legible.Of(text)}' is neither true nor false", "write true or false");
                return fallback;
        }
    }

    /// <summary>An address to listen on, with its port.</summary>
    public IPEndPoint Address(string key, IPEndPoint fallback)
    {
        if (OptionalText(key) is not { } text)
        {
            return fallback;
        }

        // Written back, because the parser takes a mere number for an address and a missing port for 0.
        if (IPEndPoint.TryParse(text, out var address) && address.ToString() == text)
        {
            return address;
        }

        Error(key, $"'{key}: {Legible.Of(text)}' is not an address with a port", $"write for example {fallback}, or 0.0.0.0:{fallback.Port} for every address of the machine");
        return fallback;
    }

    /// <summary>A list of texts; outside the file, one text with semicolons. Null when it is absent.</summary>
    public IReadOnlyList<string>? OptionalTexts(string key)
    {
        switch (Ask(key))
        {
            case null:
                return null;
            case YamlSequenceNode list when list.Children.All(child => child is YamlScalarNode { Value: { Length: > 0 } text } && !text.Any(char.IsControl)):
                return [.. list.Children.Cast<YamlScalarNode>().Select(child => child.Value!)]; // Checked above.
            case YamlScalarNode { Value: { Length: > 0 } text } when !text.Any(char.IsControl):
                return text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            default:
                Error(key, $"'{key}' is not a list of texts", $"write '{key}: [first, second]'");
                return null;
        }
    }

    /// <summary>One of a set of words.</summary>
    public T OneOf<T>(string key, IReadOnlyDictionary<string, T> choices, T fallback)
    {
        ArgumentNullException.ThrowIfNull(choices);
        var words = string.Join(", ", choices.Keys);
        var text = Text(key, $"write '{key}:' with one of {words}");
        if (text.Length == 0 || choices.TryGetValue(text, out fallback!))
        {
            return fallback;
        }

        Error(key, $"'{key}: {Legible.Of(text)}' is not known", $"write one of {words}");
        return fallback;
    }

    /// <summary>A section inside this one. When it is absent or none, that is the one error, and none of its keys is missing.</summary>
    public ConfigSection Section(string key)
    {
        if (OptionalSection(key) is { } section)
        {
            return section;
        }

        ReportMissing(key, $"write '{key}:' and its keys below it");
        return new ConfigSection([], _file, PathOf(key), isAbsent: true);
    }

    /// <summary>A section inside this one; null when it is absent, in the file and outside it.</summary>
    public ConfigSection? OptionalSection(string key)
    {
        switch (Ask(key))
        {
            case YamlMappingNode mapping:
                return new ConfigSection(mapping, _file, PathOf(key));
            case null:
                return _file.Overrides.HasInside(PathOf(key)) ? new ConfigSection([], _file, PathOf(key)) : null;
            default:
                Error(key, $"'{key}' has no keys of its own", $"write its keys below '{key}:', indented");
                return new ConfigSection([], _file, PathOf(key), isAbsent: true);
        }
    }

    /// <summary>A section inside this one; without a key in it when it is absent.</summary>
    public ConfigSection SectionOrEmpty(string key) => OptionalSection(key) ?? new ConfigSection([], _file, PathOf(key), isAbsent: true);

    /// <summary>A list of sections with at least one entry.</summary>
    public IReadOnlyList<ConfigSection> Sections(string key)
    {
        if (Ask(key) is YamlSequenceNode { Children.Count: > 0 } list && list.Children.All(child => child is YamlMappingNode))
        {
            return [.. list.Children.Cast<YamlMappingNode>().Select((child, place) => new ConfigSection(child, _file, $"{PathOf(key)}{Separator}{place}"))];
        }

        if (!_isAbsent)
        {
            Error(key, $"'{key}' is not a list of entries with keys", $"write '{key}:' and below it at least one entry that begins with '- '");
        }

        return [];
    }

    /// <summary>Reports every key of the file that was not asked for.</summary>
    public void RejectUnknownKeys()
    {
        foreach (var key in _node.Children.Keys.Where(key => key is not YamlScalarNode { Value: { } name } || !_asked.Contains(name)))
        {
            _file.Errors.Add(_file.OriginOf(key), $"'{Legible.Of(key.ToString())}' is not a key that is known here", $"use {string.Join(", ", _asked.Order())}, or remove it");
        }
    }

    internal static ConfigSection Unreadable(ConfigFile file) => new([], file, "", isAbsent: true);

    private void ReportMissing(string key, string cure)
    {
        if (!_isAbsent)
        {
            _file.Errors.Add(_file.OriginOf(_node), $"'{key}' is missing", cure);
        }
    }

    private YamlNode? Ask(string key)
    {
        _asked.Add(key);
        return Find(key);
    }

    private YamlNode? Find(string key) =>
        _file.Overrides.Find(PathOf(key)) ?? (_node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null);

    private string PathOf(string key) => _path.Length == 0 ? key : _path + Separator + key;
}
