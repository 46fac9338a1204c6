using System.Globalization;
using System.Security.Cryptography;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>
/// The packs of a bundle that is verified, cut out of the files in which they stand one after another. Every byte of these belongs to one pack, so that no
/// more is read than there is, and nothing hides between two packs.
/// </summary>
internal sealed class ReceivedFiles(BundleFiles bundle)
{
    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);
    private int _file;
    private long _end;

    /// <summary>The bytes of the next pack; null, with a problem noted, when they are not those that were listed.</summary>
    public byte[]? Take(ReceivedPack pack)
    {
        var place = pack.Place;
        if (place.File == _file ? place.Offset != _end : place.File != _file + 1 || place.Offset != 0)
        {
            bundle.Problems.Add(BundleNames.ReceivedList, $"pack {pack.NumberText} does not begin where the one before it ends");
        }

        if (place.File < _file || (place.File == _file && place.Offset < _end))
        {
            return null; // Nothing is read twice.
        }

        if (place.File != _file)
        {
            ExpectEndOfFile();
            _listed.Add(place.Name);
        }

        (_file, _end) = (place.File, place.End);
        return Read(pack);
    }

    /// <summary>Notes what no pack accounts for: bytes behind the last one, and files.</summary>
    public void ExpectEnd()
    {
        ExpectEndOfFile();
        foreach (var extra in bundle.Names.Where(name => name.StartsWith(BundleNames.Received, StringComparison.Ordinal) && !_listed.Contains(name)))
        {
            bundle.Problems.Add(extra, "received.csv does not list it");
        }
    }

    private byte[]? Read(ReceivedPack pack)
    {
        var (place, name) = (pack.Place, pack.Place.Name);
        if (bundle.Find(name) is not { } found)
        {
            bundle.Problems.Add(name, "it is missing");
            return null;
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"pack {pack.NumberText} in it, {place.Length} bytes from byte {place.Offset} on,");
        if (place.End > found.Length)
        {
            bundle.Problems.Add(name, $"{what} is cut off");
            return null;
        }

        var bytes = bundle.Cut(name, place.Offset, place.Length);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) is var sha256 && sha256 != place.Sha256)
        {
            bundle.Problems.Add(name, $"{what} was changed: its SHA-256 is {sha256}, and was {place.Sha256}");
            return null;
        }

        return bytes;
    }

    private void ExpectEndOfFile()
    {
        var name = PackPlace.NameOf(_file);
        if (_file > 0 && bundle.Find(name) is { } found && found.Length > _end)
        {
            bundle.Problems.Add(name, string.Create(CultureInfo.InvariantCulture, $"{found.Length - _end} bytes from byte {_end} on belong to no pack of received.csv"));
        }
    }
}
