using System.Text.RegularExpressions;
using ColdChain.Tidy.Tests.Tree;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>The solution names every project, so that nothing is left unbuilt, and every project has its lock file beside it.</summary>
internal sealed partial class WholeSolution : IRule
{
    private const string Solution = "ColdChain.sln";

    public IEnumerable<Finding> Check(SourceTree tree)
    {
        var named = Entries(tree).ToDictionary(entry => entry.Path, entry => entry.Line);
        return tree.Projects.Where(project => !named.ContainsKey(project.Path))
            .Select(project => new Finding(project.Path, 1, "a project outside the solution", "nothing builds or tests it", $"dotnet sln add {project.Path}"))
            .Concat(named.Where(entry => tree.Find(entry.Key) is null)
                .Select(entry => new Finding(Solution, entry.Value, $"names {entry.Key}", "there is no such project", "remove the entry")))
            .Concat(tree.Projects.Where(project => tree.Find($"{project.Folder}/packages.lock.json") is null)
                .Select(project => new Finding(project.Path, 1, "no packages.lock.json", "a restore could bring other packages", "dotnet restore, and commit the file")));
    }

    private static IEnumerable<(string Path, int Line)> Entries(SourceTree tree) =>
        from line in tree.Find(Solution)?.Lines ?? []
        let entry = Entry().Match(line.Text)
        where entry.Success
        select (entry.Groups["path"].Value.Replace('\\', '/'), line.Number);

    [GeneratedRegex("""^Project\("[^"]*"\) = "[^"]*", "(?<path>[^"]*\.csproj)",""")]
    private static partial Regex Entry();
}
