using System.Text;
using System.Text.RegularExpressions;
using ColdChain.Edge.Sensors.Replay;
using ColdChain.Fuzz.Tests.Engine;

namespace ColdChain.Fuzz.Tests.Csv;

/// <summary>The recordings that an agent replays, as CSV and as a logger's export: errors with their line, or samples in order.</summary>
internal sealed partial class RecordingTarget : FuzzTarget, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coldchain-fuzz-");

    public override string Name => "recording";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[]
        {
            ",", "\t", "\n", "\r\n", "time,celsius\n", "Device: ", "Data:\n", "Zone: ", "Temp unit: ", "C", "F", "x", "\t2026-03-01 12:00\t4.2\n", "2026-03-01T12:00:00Z,4\n", "1.00", "-14.00",
            "99", "4.25", "85.000", "\0", "\ufeff",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public override long AllocationMax => 256 * 1024 * 1024;

    public override IEnumerable<byte[]> Giants =>
    [
        Encoding.UTF8.GetBytes("time,celsius\n" + new string('x', 10 * 1024 * 1024)),
        Encoding.UTF8.GetBytes("Device: x\n" + new string('\n', 1024 * 1024)),
        new byte[1024 * 1024],
    ];

    public override Task<string> FeedAsync(byte[] input, CancellationToken cancellation) => Task.FromResult(Feed(input));

    public void Dispose() => _folder.Delete(recursive: true);

    private string Feed(byte[] input)
    {
        var path = Path.Combine(_folder.FullName, "recording");
        File.WriteAllBytes(path, input);
        try
        {
            var samples = Recording.Read(path);
            return samples.Zip(samples.Skip(1)).All(pair => pair.First.At < pair.Second.At)
                ? $"read{(samples.Any(sample => sample.Value is null) ? ", with faults" : "")}"
                : throw new InvalidOperationException("the samples are not in the order of time");
        }
        catch (RecordingException refused)
        {
            ErrorText.RequireReasonAndCure(refused.Message, "; ");
            return refused.Message.StartsWith(path, StringComparison.Ordinal) && Place().IsMatch(refused.Message.AsSpan(path.Length))
                ? Place().Replace(refused.Message[path.Length..], "")
                : throw new UnfitTextException("the text does not begin with file and line", refused.Message);
        }
    }

    [GeneratedRegex(@"^, line \d+: ")]
    private static partial Regex Place();
}
