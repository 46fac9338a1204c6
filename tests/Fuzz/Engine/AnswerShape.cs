namespace ColdChain.Fuzz.Tests.Engine;

/// <summary>What answers of one kind have in common: the words, without numbers and quotations, which differ from input to input.</summary>
internal static class AnswerShape
{
    private const int LengthMax = 120;

    public static string Of(string answer)
    {
        var (first, last) = (answer.IndexOf('\'', StringComparison.Ordinal), answer.LastIndexOf('\''));
        var words = first < last ? $"{answer.AsSpan(0, first)}{answer.AsSpan(last)}" : answer;
        return string.Concat(words.Where(character => !char.IsAsciiDigit(character)).Take(LengthMax));
    }
}
