using System.Collections;
using YamlDotNet.RepresentationModel;

namespace ColdChain.Hosting.Configuration;

/// <summary>
/// Values that win over the file: of the environment, and over those, of the command line. A path names a key with its sections and, in a
/// list, the place of its entry, from 0: <c>broker:host</c>, <c>probes:0:device</c>. Case does not count.
/// </summary>
public sealed class Overrides
{
    private const string BetweenLevels = "__";

    private readonly Dictionary<string, YamlScalarNode> _given = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<YamlNode, Origin> _origins = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The variables that begin with a prefix: with the prefix <c>COLDCHAIN_</c>, <c>COLDCHAIN_BROKER__HOST</c> is <c>broker:host</c>.
    /// </summary>
    /// <param name="variables">The environment.</param>
    /// <param name="prefix">What the program's variables begin with.</param>
    /// <param name="others">Longer prefixes, whose variables are meant for other programs.</param>
    public static Overrides FromEnvironment(IDictionary variables, string prefix, params string[] others)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var overrides = new Overrides();
        foreach (DictionaryEntry variable in variables)
        {
            var name = (string)variable.Key;
            if (Begins(name, prefix) && !others.Any(other => Begins(name, other)))
            {
                overrides.Set(name[prefix.Length..].Replace(BetweenLevels, ConfigSection.Separator, StringComparison.Ordinal), (string?)variable.Value ?? "", name);
            }
        }

        return overrides;
    }

    /// <summary>Gives a value, which replaces the one that was given before.</summary>
    /// <param name="path">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="origin">How errors name the place: the variable, or the option.</param>
    public void Set(string path, string value, string origin)
    {
        var node = new YamlScalarNode(value);
        _given[path] = node;
        _origins[node] = Origin.Outside(origin);
    }

    internal YamlNode? Find(string path)
    {
        _asked.Add(path);
        return _given.GetValueOrDefault(path);
    }

    /// <summary>Where a value was given; null when it is none of these.</summary>
    internal Origin? OriginOf(YamlNode node) => _origins.TryGetValue(node, out var origin) ? origin : null;

    /// <summary>True when a value is given for a key inside this section.</summary>
    internal bool HasInside(string path) =>
        _given.Keys.Any(given => given.StartsWith(path + ConfigSection.Separator, StringComparison.OrdinalIgnoreCase));

    internal void RejectUnknown(ConfigErrors errors)
    {
        foreach (var (path, node) in _given.Where(given => !_asked.Contains(given.Key)))
        {
            errors.Add(_origins[node], $"there is no key '{path}' that it could replace", "correct the name, or remove it");
        }
    }

    private static bool Begins(string name, string prefix) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
