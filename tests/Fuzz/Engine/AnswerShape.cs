namespace ColdChain.Fuzz.Tests.Engine;

/// <summary>What two answers of the same kind have in common: the words without numbers and quotations, which differ from input to input.</summary>
internal static class AnswerShape
{
    private const int LengthMax = 120;

    public static string Of(string answer)
    {
        var shape = new char[Math.Min(answer.Length, LengthMax)];
        var (length, isQuoted) = (0, false);
        foreach (var character in answer)
        {
            if (length == shape.Length)
            {
                break;
            }

            if (character == '\'')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && !char.IsAsciiDigit(character))
            {
                shape[length++] = character;
            }
        }

        return new string(shape, 0, length);
    }
}
