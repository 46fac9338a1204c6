using System.Xml.Linq;
using ColdChain.Tidy.Tests.Tree;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>The import law of <see cref="SliceLaw"/> for project files: references, packages and usings declared there.</summary>
internal sealed class ProjectLaw : IRule
{
    public IEnumerable<Finding> Check(SourceTree tree) =>
        tree.Projects.SelectMany(project => References(project).Concat(Packages(project)).Concat(Usings(project)));

    private static IEnumerable<Finding> References(SourceFile project) =>
        from reference in Items(project, "ProjectReference")
        let target = Resolve(project.Folder, reference.Include)
        let refusal = SliceLaw.Refusal(new(project.Area, ""), new(Place.OfPath(target).Area, ""))
        where refusal is not null
        select new Finding(project.Path, reference.Line, $"reference to {target}", refusal, "remove the reference");

    private static IEnumerable<Finding> Packages(SourceFile project) =>
        from reference in Items(project, "PackageReference")
        where project.Area is "core" or "mqtt"
        select new Finding(project.Path, reference.Line, $"package {reference.Include}", $"{project.Area} has no packages", "use the platform, or do it in edge or server");

    private static IEnumerable<Finding> Usings(SourceFile project) =>
        from use in Items(project, "Using")
        where use.Include.StartsWith("ColdChain.Server.", StringComparison.Ordinal) && project.Area == "server"
        select new Finding(project.Path, use.Line, $"using {use.Include} for the whole project", "it hides who imports whom", "write the using in the files that need it");

    private static IEnumerable<(string Include, int Line)> Items(SourceFile project, string kind) =>
        from element in XDocument.Parse(project.Text, LoadOptions.SetLineInfo).Descendants(kind)
        let include = (string?)element.Attribute("Include")
        where include is not null
        select (include, ((System.Xml.IXmlLineInfo)element).LineNumber);

    /// <summary>A path relative to a folder, as a path from the root.</summary>
    public static string Resolve(string folder, string relative)
    {
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in relative.Replace('\\', '/').Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                return relative;
            }
        }

        return string.Join('/', parts);
    }
}
