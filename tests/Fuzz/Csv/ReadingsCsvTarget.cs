using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Fuzz.Tests.Engine;
using ColdChain.Server.Evaluate;
using ColdChain.Server.Fleet;

namespace ColdChain.Fuzz.Tests.Csv;

/// <summary>The readings that <c>evaluate</c> takes: errors with their line, or a report of them.</summary>
internal sealed partial class ReadingsCsvTarget : FuzzTarget
{
    private static readonly ProbeRule Rule = new()
    {
        Low = Celsius.FromMilli(2000),
        High = Celsius.FromMilli(6000),
        Delay = TimeSpan.FromMinutes(1),
        MaxGap = TimeSpan.FromMinutes(15),
    };

    public override string Name => "readings-csv";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. new[]
        {
            ",", ",,", "\n", "\r\n", "\"", "\"\"", "\"\n\"", ";", "\t", "time,probe,role,celsius\n", ",quality\n", "load", "air", "good", "fault", "2026-03-01T12:00:00Z",
            "2026-03-01T13:00:00+01:00", "2026-03-01T12:00:00", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z", "4.25", "4,25", "85.000", "-273.15", "\u00a0", "\ufeff", "\0", "=cmd()",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public override long AllocationMax => 512 * 1024 * 1024;

    public override IEnumerable<byte[]> Giants =>
    [
        Encoding.UTF8.GetBytes("time,probe,role,celsius\n" + new string('x', 10 * 1024 * 1024)),
        Encoding.UTF8.GetBytes("time,probe,role,celsius\n\"" + new string('\n', 1024 * 1024)),
        Encoding.UTF8.GetBytes(new string(',', 1024 * 1024)),
        Encoding.UTF8.GetBytes("time,probe,role,celsius\n" + string.Concat(Enumerable.Repeat("2026-03-01T12:00:00Z,p,load,4\n", 50_000))),
        new byte[1024 * 1024],
    ];

    public override Task<string> FeedAsync(byte[] input, CancellationToken cancellation) => Task.FromResult(Feed(input));

    private static string Feed(byte[] input)
    {
        using var reader = new StreamReader(new MemoryStream(input));
        try
        {
            var report = EvaluateReport.Of(ReadingsCsv.Read(reader, out _), _ => Rule, TimeSpan.Zero);
            ErrorText.RequireWhole(EvaluateText.Write(report));
            JsonSerializer.SerializeToUtf8Bytes(report, EvaluateJson.Options);
            return "judged";
        }
        catch (ConfigurationException refused)
        {
            foreach (var error in refused.Errors)
            {
                ErrorText.RequirePlain(error);
                if (!WellSaid().IsMatch(error))
                {
                    throw new UnfitTextException("the text does not name line, reason and cure", error);
                }
            }

            return refused.Errors[0];
        }
    }

    [GeneratedRegex(@"^Line \d+: .+\. .+\.$")]
    private static partial Regex WellSaid();
}
