namespace ColdChain.Fuzz.Tests.Engine;

/// <summary>
/// The inputs that mutation starts from: the corpus, and whatever was answered as nothing before it. So mutation finds its way into places
/// that no single step reaches.
/// </summary>
internal sealed class InputPool
{
    private const int InputsMax = 2000;
    private const int LengthMax = 4 * 1024;

    private readonly List<byte[]> _inputs = [];
    private readonly HashSet<string> _answers = new(StringComparer.Ordinal);

    /// <summary>How many different answers there were.</summary>
    public int Answers => _answers.Count;

    /// <summary>True once nothing is added any more: what grows from then on is not the pool.</summary>
    public bool IsClosed { get; set; }

    public void AddKept(byte[] input) => _inputs.Add(input);

    /// <summary>Adds an input if its answer is new.</summary>
    public void Add(byte[] input, string answer)
    {
        if (!IsClosed && input.Length <= LengthMax && _inputs.Count < InputsMax && _answers.Add(AnswerShape.Of(answer)))
        {
            _inputs.Add(input);
        }
    }

    public byte[] Pick(Random random) => _inputs[random.Next(_inputs.Count)];
}
