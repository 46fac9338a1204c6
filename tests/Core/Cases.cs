using System.Globalization;

namespace ColdChain.Core.Tests;

/// <summary>
/// How many cases a test tries that makes its cases up. A mutation run goes through the tests thousands of times, so it may name a most for each
/// of them in <c>CASES_MAX</c>; the test run tries all.
/// </summary>
internal static class Cases
{
    private static readonly int Max =
        Environment.GetEnvironmentVariable("CASES_MAX") is { Length: > 0 } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : int.MaxValue;

    public static int Of(int whole) => Math.Min(whole, Max);
}
