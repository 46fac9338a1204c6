using System.Diagnostics;

namespace ColdChain.Tidy.Tests.Tree;

/// <summary>The repository that this assembly was built in.</summary>
internal static class Repository
{
    private const string Marker = "ColdChain.sln";

    // What a walk leaves out when there is no git to say what belongs to the repository (an unpacked archive).
    private static readonly string[] NotOurs =
        [".git", ".vs", ".idea", "bin", "obj", "artifacts", "node_modules", "TestResults", "demo-data", "vendor"];

    private static readonly Lazy<SourceTree> Loaded = new(Load);

    public static SourceTree Tree => Loaded.Value;

    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No {Marker} above {AppContext.BaseDirectory}. Run the tests from a build inside the repository.");
    }

    private static SourceTree Load() =>
        new((FromGit() ?? FromDisk(new DirectoryInfo(Root)))
            .Where(path => File.Exists(Path.Combine(Root, path)))
            .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path)))));

    // Files not yet added count too, so that a new file is judged before it is committed.
    private static string[]? FromGit()
    {
        if (!Path.Exists(Path.Combine(Root, ".git")))
        {
            return null;
        }

        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return git.ExitCode == 0 ? [.. paths.Distinct()] : throw new InvalidOperationException($"git ls-files ended with {git.ExitCode} in {Root}.");
    }

    private static IEnumerable<string> FromDisk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
            .Concat(folder.EnumerateDirectories().Where(inner => !NotOurs.Contains(inner.Name)).SelectMany(FromDisk));
}
