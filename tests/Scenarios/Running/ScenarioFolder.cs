using System.Runtime.CompilerServices;
using ColdChain.Scenarios.Tests.Notation;
using ColdChain.Tests.Shared;

namespace ColdChain.Scenarios.Tests.Running;

/// <summary>A folder with one scenario: every folder here that has readings.</summary>
internal sealed class ScenarioFolder(string name)
{
    public const string Readings = "readings.txt";
    public const string Fleet = "fleet.yaml";
    public const string Expected = "expected.txt";

    /// <summary>Where the scenarios lie.</summary>
    public static string Root { get; } = Path.GetDirectoryName(Path.GetDirectoryName(ThisFile()))!; // The file lies two folders deep.

    public static IEnumerable<string> Names => Directory.GetFiles(Root, Readings, SearchOption.AllDirectories)
        .Select(file => Path.GetFileName(Path.GetDirectoryName(file))!) // It lies in a folder.
        .Order(StringComparer.Ordinal);

    public Scenario Scenario() => ScenarioReader.Read($"{name}/{Readings}", Text(Readings));

    /// <exception cref="ScenarioException">There is no such file.</exception>
    public string Text(string file) => File.Exists(PathOf(file))
        ? File.ReadAllText(PathOf(file)).ReplaceLineEndings("\n")
        : throw new ScenarioException($"{name}/{file}: the file is missing. A scenario has {Fleet}, {Readings} and {Expected}.");

    public string PathOf(string file) => Path.Combine(Root, name, file);

    /// <summary>Keeps what came of it beside other results of tests, for whoever looks into a failure.</summary>
    /// <returns>The file.</returns>
    public string Keep(string outcome)
    {
        var file = Path.Combine(Repository.Root, "artifacts", "scenarios", $"{name}.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!); // It lies in a folder.
        File.WriteAllText(file, outcome);
        return file;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
