using System.Globalization;
using System.Text;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>
/// Holds the packs of a bundle against the list of them, and the table of readings against the packs: it is written once more from the bytes that the
/// devices sent, and must be the same to the last byte.
/// </summary>
internal static class ReceivedCheck
{
    public static void OfReadings(BundleFiles bundle)
    {
        var table = bundle.OpenPart(BundleNames.Readings) is { } part ? new Table(part, bundle.Problems) : null;
        table?.Expect(ReceivedPack.ReadingsHeader, "the names of its columns");
        var received = new ReceivedReader(bundle);
        foreach (var (pack, readings, dating) in received.Packs())
        {
            if (!received.IsWhole)
            {
                table?.Abandon();
            }

            for (var i = 0; i < readings.Count; i++)
            {
                table?.Expect(pack.LineOf(readings[i], dating), string.Create(CultureInfo.InvariantCulture, $"reading {i + 1} of pack {pack.NumberText}"));
            }
        }

        if (!received.IsWhole)
        {
            table?.Abandon();
        }

        table?.ExpectEnd();
    }

    /// <summary>The table of readings, held against its lines as they must be. After the first difference it has no place that could be told.</summary>
    private sealed class Table(PartReader part, BundleProblems problems)
    {
        private bool _isAbandoned;
        private long _line;

        public void Abandon() => _isAbandoned = true;

        public void Expect(string line, string what)
        {
            _line++;
            var bytes = Encoding.UTF8.GetBytes(line + "\n");
            if (!_isAbandoned && !part.Take(bytes.Length).SequenceEqual(bytes))
            {
                Tell($"record {_line} is not what {what} says: {line}");
            }
        }

        public void ExpectEnd()
        {
            if (!_isAbandoned && !part.Take(1).IsEmpty)
            {
                Tell($"it has more than the {_line} records that follow from the packs");
            }
        }

        private void Tell(string text)
        {
            problems.Add(BundleNames.Readings, text);
            _isAbandoned = true;
        }
    }
}
