using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>A pack of a bundle that is verified.</summary>
/// <param name="Pack">What the list says of it.</param>
/// <param name="Readings">Its readings, each with its key.</param>
/// <param name="Dating">What the anchors of its device say.</param>
internal readonly record struct OpenedPack(ReceivedPack Pack, IReadOnlyList<Core.Readings.Reading> Readings, DeviceDating Dating);

/// <summary>Reads the packs of a bundle that is verified, one by one, and notes what is wrong with them, with their list, or with the anchors.</summary>
internal sealed class ReceivedReader(BundleFiles bundle)
{
    private static readonly DeviceDating Undated = DeviceDating.Of([]);

    private readonly long _problems = bundle.Problems.Count;

    /// <summary>True as long as all was as it must be. After that, nobody can tell what the tables should say, nor blame them.</summary>
    public bool IsWhole => bundle.Problems.Count == _problems;

    /// <summary>The packs that can be read, in their order; gone through once.</summary>
    public IEnumerable<OpenedPack> Packs()
    {
        var (datings, files, last) = (DatingsOf(), new ReceivedFiles(bundle), 0);
        foreach (var (number, line) in bundle.Rows(BundleNames.ReceivedList, ReceivedPack.Header))
        {
            var pack = ReceivedPack.Of(line);
            if (pack?.Number != last + 1)
            {
                bundle.Problems.Add(BundleNames.ReceivedList, $"line {number} is no line of a pack, or not the next one");
            }

            last = pack?.Number ?? last + 1;
            if (pack is not null && files.Take(pack) is { } bytes && Readings(pack, bytes) is { } readings)
            {
                yield return new OpenedPack(pack, readings, datings.GetValueOrDefault(pack.Device.Value) ?? Undated);
            }
        }

        files.ExpectEnd();
    }

    private IReadOnlyList<Core.Readings.Reading>? Readings(ReceivedPack pack, byte[] bytes)
    {
        if (pack.TryRead(bytes, out var readings, out var error))
        {
            return readings;
        }

        bundle.Problems.Add(pack.Place.Name, $"pack {pack.NumberText} in it is not the one that received.csv lists: {error}");
        return null;
    }

    private Dictionary<string, DeviceDating> DatingsOf()
    {
        if (bundle.Find(BundleNames.Anchors) is { Length: > BundleLimits.AnchorsMax and var length })
        {
            bundle.Problems.Add(BundleNames.Anchors, $"it has {length} bytes, and no such file has more than {BundleLimits.AnchorsMax}");
            return [];
        }

        var anchors = new Dictionary<(string Device, string Boot), List<ClockAnchor>>();
        foreach (var (number, bytes) in bundle.Lines(BundleNames.Anchors))
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
}
