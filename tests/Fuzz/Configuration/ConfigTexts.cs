using System.Text.RegularExpressions;
using ColdChain.Fuzz.Tests.Engine;

namespace ColdChain.Fuzz.Tests.Configuration;

/// <summary>What every error of a configuration file must say.</summary>
internal static partial class ConfigTexts
{
    /// <summary>Throws unless each error names the file, the line, a reason and a cure; gives the first one without its place.</summary>
    public static string Require(string path, IReadOnlyList<string> errors)
    {
        foreach (var error in errors)
        {
            ErrorText.RequireReasonAndCure(error, "; ");
            if (!error.StartsWith("There are ", StringComparison.Ordinal) && (!error.StartsWith(path, StringComparison.Ordinal) || !Place().IsMatch(error.AsSpan(path.Length))))
            {
                throw new UnfitTextException("the text does not begin with file and line", error);
            }
        }

        return Place().Replace(errors[0][path.Length..], "");
    }

    [GeneratedRegex(@"^, line \d+: ")]
    private static partial Regex Place();
}
