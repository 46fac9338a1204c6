using System.Runtime.CompilerServices;

namespace ColdChain.Tests.Shared;

/// <summary>Where the project lies, found from where the tests were compiled.</summary>
public static class Repository
{
    /// <summary>The folder of the solution file.</summary>
    public static string Root { get; } = FindRoot(ThisFile());

    private static string FindRoot(string file)
    {
        var folder = Path.GetDirectoryName(file);
        while (folder is not null && !File.Exists(Path.Combine(folder, "ColdChain.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("ColdChain.sln was not found above the tests; run them from a checkout.");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
