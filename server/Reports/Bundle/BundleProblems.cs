using ColdChain.Core.Wire;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>Something in a bundle that is not as it was written.</summary>
/// <param name="File">The file; <c>container</c> for what is around them.</param>
/// <param name="Text">What is wrong with it, as a sentence that follows the name.</param>
internal readonly record struct BundleProblem(string File, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}: {Text}";
}

/// <summary>All that is wrong with a bundle: the first of each file in words, the rest as a number.</summary>
internal sealed class BundleProblems
{
    /// <summary>What stands for the bytes around the files.</summary>
    public const string Container = "container";

    private const int TextMax = 300;

    private readonly List<BundleProblem> _told = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Those that are told.</summary>
    public IReadOnlyList<BundleProblem> Told => _told;

    /// <summary>How many there are beside these.</summary>
    public long Untold { get; private set; }

    /// <summary>How many there are in all.</summary>
    public long Count => _told.Count + Untold;

    /// <summary>Notes a problem. Names and values out of the bundle are made fit to be shown.</summary>
    public void Add(string file, string text)
    {
        var problem = new BundleProblem(ShownText.Of(file, StoredZip.NameMax), ShownText.Of(text, TextMax));
        if (_told.Contains(problem))
        {
            return;
        }

        var count = _counts.GetValueOrDefault(problem.File);
        if (count >= BundleLimits.ProblemsOfFileMax || _told.Count >= BundleLimits.ProblemsMax)
        {
            Untold++;
            return;
        }

        _counts[problem.File] = count + 1;
        _told.Add(problem);
    }
}
