using ColdChain.Core.Rules;

namespace ColdChain.Server.Store;

/// <summary>The words of the verdicts, as stored and as the API gives them.</summary>
internal static class VerdictWords
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Fine => "fine",
        Verdict.Warn => "warn",
        Verdict.Hold => ExposureWords.Hold,
        Verdict.DiscardProposed => ExposureWords.DiscardProposed,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}
