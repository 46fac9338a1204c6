using System.Security.Cryptography;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>
/// Writes what devices sent: the packs byte for byte, those of one device and day one after another in one file; their list, the anchors of their clocks,
/// and the table of their readings. No more than one pack is in memory.
/// </summary>
internal sealed class ReceivedWriter(BundleArchive archive) : IDisposable
{
    private readonly DraftFile _list = Headed(archive, ReceivedPack.Header);
    private readonly DraftFile _anchors = archive.Draft();
    private readonly DraftFile _readings = Headed(archive, ReceivedPack.ReadingsHeader);
    private DraftFile? _packs;
    private (DeviceId Device, DateOnly Day) _sameFile;
    private int _file;
    private int _pack;

    /// <summary>Adds the packs of a device that hold a measurement in [from, to).</summary>
    public void Add(StoreSession session, DeviceId device, Instant from, Instant to, CancellationToken cancellation)
    {
        var (dating, boots) = (DeviceDating.Of(session, device), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (row, last) in ReceivedPacks.Between(session, device, dating, from, to))
        {
            cancellation.ThrowIfCancellationRequested();
            var pack = Add(row, DateOnly.FromDateTime(last.ToDateTimeOffset().UtcDateTime));
            foreach (var reading in ReceivedPacks.ReadingsOf(row, pack))
            {
                _readings.AppendLine(pack.LineOf(reading, dating));
                boots.Add(reading.MeasuredAt is null ? reading.Boot! : ""); // Without an instant, a boot is needed.
            }
        }

        AddAnchors(device, AnchorStore.OfDevice(session, device).Where(anchor => boots.Contains(anchor.Boot)));
    }

    /// <summary>Adds the tables. Nothing can be added after that.</summary>
    public void Finish()
    {
        FinishFile();
        archive.Add(BundleNames.ReceivedList, _list);
        archive.Add(BundleNames.Anchors, _anchors);
        archive.Add(BundleNames.Readings, _readings);
    }

    public void Dispose()
    {
        _list.Dispose();
        _anchors.Dispose();
        _readings.Dispose();
        _packs?.Dispose();
    }

    private ReceivedPack Add(PackRow row, DateOnly day)
    {
        if (_packs is null || _sameFile != (row.Device, day))
        {
            FinishFile();
            (_packs, _sameFile, _file) = (archive.Draft(), (row.Device, day), _file + 1);
        }

        _pack++;
        var pack = ReceivedPack.Of(_pack, row, new PackPlace(_file, _packs.Length, row.Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(row.Bytes.Span))));
        _packs.Append(row.Bytes.Span);
        _list.AppendLine(pack.Line());
        return pack;
    }

    private void FinishFile()
    {
        if (_packs is null)
        {
            return;
        }

        archive.Add(PackPlace.NameOf(_file), _packs);
        _packs.Dispose();
        _packs = null;
    }

    private void AddAnchors(DeviceId device, IEnumerable<ClockAnchor> anchors)
    {
        foreach (var anchor in anchors)
        {
            _anchors.Append(BundleJson.Write(new AnchorLine(device.Value, anchor.Boot, anchor.Mono, anchor.Utc, anchor.ErrorMs), BundleJsonContext.Default.AnchorLine));
            _anchors.Append("\n"u8);
        }
    }

    private static DraftFile Headed(BundleArchive archive, string header)
    {
        var draft = archive.Draft();
        draft.AppendLine(header);
        return draft;
    }
}
