using ColdChain.Edge.Configuration;
using ColdChain.Hosting.Configuration;

namespace ColdChain.Edge.Tests.Support;

/// <summary>A configuration as the agent reads it, with nothing in the environment.</summary>
internal static class EdgeYaml
{
    public static EdgeConfig Read(string file) => EdgeConfigFile.Read(file, new Overrides());
}
