namespace ColdChain.Core.Tests.Rules;

/// <summary>Files of the repository that the tests run in.</summary>
internal static class RepositoryFile
{
    internal static byte[] Read(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ColdChain.sln")))
        {
            folder = folder.Parent ?? throw new FileNotFoundException($"no ColdChain.sln above {AppContext.BaseDirectory}; run the tests inside the repository");
        }

        return File.ReadAllBytes(Path.Combine(folder.FullName, path));
    }
}
