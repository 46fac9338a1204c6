using ColdChain.Tests.Shared;

namespace ColdChain.Fuzz.Tests.Engine;

/// <summary>The kept inputs of a target: every file of its folder is one, named by what it is.</summary>
internal static class CorpusFolder
{
    /// <summary>The folder of a target, from the root of the repository.</summary>
    public static string Of(string target) => $"tests/Fuzz/Corpus/{target}";

    public static IReadOnlyList<(string Name, byte[] Bytes)> Read(string target) =>
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, Of(target)))
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))),
    ];
}
