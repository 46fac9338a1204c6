using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Edge.Sensors.Replay;

/// <summary>One line of a recording.</summary>
/// <param name="At">When it was measured.</param>
/// <param name="Value">The temperature; null when the recording says that there is none.</param>
internal sealed record RecordedSample(Instant At, Celsius? Value);

/// <summary>A recording is not readable. The message names the file, the line, the reason and the cure.</summary>
internal sealed class RecordingException(string file, int line, string reason, string cure)
    : Exception($"{file}, line {line}: {ShownText.Of(reason, ReasonLengthMax)}; {cure}")
{
    private const int ReasonLengthMax = 200; // It repeats what the file says, however long that is.
}

/// <summary>
/// A recorded file, read as a whole before its first sample is used, so that a bad line is found at the start and not days later.
/// </summary>
internal static class Recording
{
    // RFC 8428 §4.5.3: a smaller time would be read as relative to now.
    private static readonly Instant Earliest = new((1L << 28) * 1000);

    /// <exception cref="RecordingException">The file has another form, or a line is not acceptable.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<RecordedSample> Read(string file)
    {
        var lines = File.ReadAllLines(file);
        var samples = lines.FirstOrDefault() switch
        {
            CsvRecording.Header => CsvRecording.Parse(file, lines),
            { } first when first.StartsWith(FridgeTagRecording.Signature, StringComparison.Ordinal) =>
                FridgeTagRecording.Parse(file, lines),
            var other => throw new RecordingException(
                file, 1, $"'{ShownText.Of(other ?? "")}' begins no known form",
                $"give a CSV file with the header '{CsvRecording.Header}', or a Fridge-tag export, which begins '{FridgeTagRecording.Signature}'"),
        };
        return InOrder(file, samples);
    }

    private static List<RecordedSample> InOrder(string file, IEnumerable<(int Line, RecordedSample Sample)> samples)
    {
        var list = new List<RecordedSample>();
        foreach (var (line, sample) in samples)
        {
            if (sample.At < Earliest)
            {
                throw new RecordingException(file, line, $"{sample.At} is before {Earliest}, and cannot be sent", "correct the year");
            }

            if (list.Count > 0 && sample.At <= list[^1].At)
            {
                throw new RecordingException(
                    file, line, $"{sample.At} does not come after {list[^1].At} of the line before",
                    "sort the lines by time and keep one of each");
            }

            list.Add(sample);
        }

        return list;
    }
}
