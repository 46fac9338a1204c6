namespace ColdChain.Scenarios.Tests.Running;

/// <summary>Compares texts line by line and shows where they differ.</summary>
internal static class Difference
{
    /// <summary>Empty when they are equal, apart from comments and empty lines of the expected text; else all lines, marked with - and +.</summary>
    public static string Of(string expected, string actual)
    {
        var (a, b) = (Lines(expected), Lines(actual));
        return a.SequenceEqual(b) ? "" : string.Join('\n', Merged(a, b, Common(a, b)));
    }

    private static string[] Lines(string text) =>
        [.. text.Split('\n').Select(line => line.Split('#')[0].TrimEnd()).Where(line => line.Length > 0)];

    /// <summary>The length of the longest common sequence of lines from each place on.</summary>
    private static int[,] Common(string[] a, string[] b)
    {
        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static IEnumerable<string> Merged(string[] a, string[] b, int[,] common)
    {
        var (i, j) = (0, 0);
        while (i < a.Length || j < b.Length)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                yield return $"    {a[i++]}";
                j++;
            }
            else if (j == b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                yield return $"  - {a[i++]}";
            }
            else
            {
                yield return $"  + {b[j++]}";
            }
        }
    }
}
