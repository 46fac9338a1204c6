using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace ColdChain.Hosting.Configuration;

/// <summary>
/// YAML as people write it by hand. What only a generator or an attacker writes is refused before a tree is made of it: nesting that would
/// take the stack with it, and aliases, by which a few lines stand for a million nodes or for themselves.
/// </summary>
public static class PlainYaml
{
    /// <summary>The deepest nesting, in levels, inclusive.</summary>
    public const int DepthMax = 32;

    /// <summary>Reads all documents.</summary>
    /// <exception cref="YamlException">The text is no YAML, or not plain; it says where and what to do.</exception>
    public static YamlStream Load(TextReader text)
    {
        var (yaml, parser) = (new YamlStream(), new Parser(text));
        try
        {
            yaml.Load(new PlainParser(parser));
            return yaml;
        }
        catch (Exception slip) when (slip is InvalidOperationException or ArgumentException or ArithmeticException or IndexOutOfRangeException)
        {
            // Its scanner loses its way over some texts ("- {" and a line that is not indented) and says so like this.
            var place = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(place, place, "What follows cannot be read.", slip);
        }
    }

    private sealed class PlainParser(Parser parser) : IParser
    {
        private const int StreamAndDocument = 2;

        private int _depth;

        public ParsingEvent? Current => parser.Current;

        public bool MoveNext()
        {
            if (!parser.MoveNext())
            {
                return false;
            }

            var met = parser.Current!; // There is one after a move.
            _depth += met.NestingIncrease;
            return met is AnchorAlias alias ? throw new YamlException(met.Start, met.End, $"The alias '*{alias.Value}' is not read here: write what it stands for.")
                : _depth > DepthMax + StreamAndDocument ? throw new YamlException(met.Start, met.End, $"It is nested deeper than {DepthMax} levels.")
                : true;
        }
    }
}
