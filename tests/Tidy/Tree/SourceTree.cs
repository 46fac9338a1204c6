namespace ColdChain.Tidy.Tests.Tree;

/// <summary>The files that the rules look at: those of the repository, or a few samples that a test made up.</summary>
internal sealed class SourceTree
{
    private readonly Dictionary<string, SourceFile> _files;
    private readonly HashSet<string> _folders;

    public SourceTree(IEnumerable<SourceFile> files)
    {
        _files = files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        _folders = [.. _files.Keys.SelectMany(FoldersOf)];
    }

    public IEnumerable<SourceFile> Files => _files.Values;

    public IEnumerable<SourceFile> CSharp => Files.Where(file => file.Is(".cs"));

    public IEnumerable<SourceFile> Projects => Files.Where(file => file.Is(".csproj"));

    public IEnumerable<SourceFile> Markdown => Files.Where(file => file.Is(".md"));

    public SourceFile? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>True for a file, and for a folder that holds one; the root is the empty path.</summary>
    public bool Has(string path) => path.Length == 0 || _files.ContainsKey(path) || _folders.Contains(path);

    /// <summary>The project whose folder holds a file, looking upwards; null when there is none.</summary>
    public SourceFile? ProjectOf(SourceFile file) => FoldersOf(file.Path)
        .Select(folder => Projects.FirstOrDefault(project => project.Folder == folder))
        .FirstOrDefault(project => project is not null);

    // The folders of a path, the innermost first.
    private static IEnumerable<string> FoldersOf(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }
    }
}
