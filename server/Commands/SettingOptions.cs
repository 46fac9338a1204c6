using System.CommandLine;
using ColdChain.Hosting.Configuration;

namespace ColdChain.Server.Commands;

/// <summary>Options that stand for keys of the configuration, and win over it.</summary>
internal sealed class SettingOptions
{
    private readonly List<(Option<string?> Option, string Path, Func<string, string> Value)> _options = [];

    /// <summary>Adds an option for a key; the value is used as given unless something makes another of it.</summary>
    public SettingOptions Add(string name, string path, string description, Func<string, string>? value = null)
    {
        _options.Add((new Option<string?>(name) { Description = description }, path, value ?? (given => given)));
        return this;
    }

    public void AddTo(Command command)
    {
        foreach (var (option, _, _) in _options)
        {
            command.Add(option);
        }
    }

    /// <summary>Lets what was given win.</summary>
    public void Apply(ParseResult parsed, Overrides overrides)
    {
        foreach (var (option, path, value) in _options)
        {
            if (parsed.GetValue(option) is { } given)
            {
                overrides.Set(path, value(given), option.Name);
            }
        }
    }
}
