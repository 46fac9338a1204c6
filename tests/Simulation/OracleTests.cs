using System.Runtime.CompilerServices;

namespace ColdChain.Simulation.Tests;

public sealed class OracleTests
{
    [Fact]
    public void Oracle_Files_ImportNothingThatJudges()
    {
        var usings = Directory.GetFiles(Folder(), "*.cs")
            .SelectMany(File.ReadAllLines)
            .Where(line => line.StartsWith("using ", StringComparison.Ordinal) || line.Contains("ColdChain.Core.", StringComparison.Ordinal))
            .ToList();

        usings.Should().OnlyContain(line => line == "using System.Globalization;", "an oracle that shares code with the engine shares its errors");
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "Shared", "Oracle"); // A source file has a folder.
}
