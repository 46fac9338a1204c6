using System.Globalization;
using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>
/// Holds the packs of a bundle against the list of them, and the table of readings against the packs: it is written once more from the bytes that the
/// devices sent, and must be the same to the last byte.
/// </summary>
internal static class ReceivedCheck
{
    private static readonly DeviceDating Undated = DeviceDating.Of([]);

    public static void OfReadings(BundleFiles bundle)
    {
        var datings = DatingsOf(bundle);
        var table = bundle.OpenPart(BundleNames.Readings) is { } part ? new Table(part, bundle.Problems) : null;
        table?.Expect(ReceivedPack.ReadingsHeader, "the names of its columns");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (number, line) in bundle.Rows(BundleNames.ReceivedList, ReceivedPack.Header))
        {
            if (ReceivedPack.Of(line) is not { } pack || pack.Number != names.Count + 1)
            {
                bundle.Problems.Add(BundleNames.ReceivedList, $"line {number} is no line of a pack, or not the next one");
                continue;
            }

            names.Add(pack.FileName);
            OfPack(bundle, pack, datings.GetValueOrDefault(pack.Device.Value) ?? Undated, table);
        }

        table?.ExpectEnd();
        foreach (var extra in bundle.Names.Where(name => name.StartsWith(BundleNames.Received, StringComparison.Ordinal) && !names.Contains(name)))
        {
            bundle.Problems.Add(extra, "received.csv does not list it");
        }
    }

    private static void OfPack(BundleFiles bundle, ReceivedPack pack, DeviceDating dating, Table? table)
    {
        if (bundle.Load(pack.FileName, BundleLimits.PackMax) is not { } bytes)
        {
            table?.Abandon();
            return;
        }

        if (!pack.TryRead(bytes, out var readings, out var error))
        {
            bundle.Problems.Add(pack.FileName, $"it is not the pack that received.csv lists: {error}");
            table?.Abandon();
            return;
        }

        for (var i = 0; i < readings.Count; i++)
        {
            table?.Expect(pack.LineOf(readings[i], dating), string.Create(CultureInfo.InvariantCulture, $"reading {i + 1} of {pack.FileName}"));
        }
    }

    private static Dictionary<string, DeviceDating> DatingsOf(BundleFiles bundle)
    {
        var anchors = new Dictionary<(string Device, string Boot), List<ClockAnchor>>();
        var lines = bundle.Find(BundleNames.Anchors) is { Length: > BundleLimits.AnchorsMax } ? [] : bundle.Lines(BundleNames.Anchors);
        foreach (var (number, bytes) in lines)
        {
            var isOne = BundleJson.TryRead(bytes.Span, BundleJsonContext.Default.AnchorLine, out var line, out _) && IsPossible(line);
            var ofBoot = isOne ? anchors.GetValueOrDefault((line!.Device, line.Boot)) ?? (anchors[(line.Device, line.Boot)] = []) : null;
            if (ofBoot is null || ofBoot.Count == AnchorStore.OfBootMax)
            {
                bundle.Problems.Add(BundleNames.Anchors, $"line {number} is no anchor, or one more than a store keeps");
                continue;
            }

            ofBoot.Add(new ClockAnchor(line!.Boot, line.Mono, line.Utc, line.ErrorMs));
        }

        return anchors.GroupBy(boot => boot.Key.Device).ToDictionary(device => device.Key, device => DeviceDating.Of(device.SelectMany(boot => boot.Value)));
    }

    // The bounds of the wire format, within which nothing that is reckoned from an anchor overflows.
    private static bool IsPossible(AnchorLine line) => DeviceId.TryParse(line.Device, out _) && line.Boot.Length is > 0 and <= WireLimits.NameLengthMax
        && line.Mono is >= 0 and <= WireLimits.IntegerMax && line.ErrorMs is >= 0 and <= WireLimits.AnchorErrorMax && Instant.TryParseStated(line.Utc.ToString(), out _);

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
