using System.Text;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Wire;

/// <summary>
/// Turns the names of a pack into probes. A pack repeats a few names many times, so those seen are remembered and cost no allocation.
/// </summary>
internal readonly struct ProbeNames(DeviceId device)
{
    // A device has a handful of probes; beyond this a name is simply parsed again, so that a hostile pack cannot make the search long.
    private const int RememberedMax = 16;

    // device/probe, both of at most 64 characters.
    private const int LengthMax = 64 + 1 + 64;

    private readonly List<(string Name, ProbeId Probe)> _seen = [];

    /// <summary>
    /// Finds the probe of a base name and a name, the one followed by the other (RFC 8428 §4.5.1); an error in words when there is none.
    /// </summary>
    internal string? Resolve(ReadOnlySpan<byte> baseName, ReadOnlySpan<byte> name, out ProbeId probe)
    {
        probe = default;
        if (baseName.Length + name.Length is 0 or > LengthMax)
        {
            return $"has a name of {baseName.Length + name.Length} characters; name it device/probe in bn and n, each of 1 to 64 characters";
        }

        Span<byte> whole = stackalloc byte[baseName.Length + name.Length];
        baseName.CopyTo(whole);
        name.CopyTo(whole[baseName.Length..]);
        foreach (var (seenName, seenProbe) in _seen)
        {
            if (Ascii.Equals(whole, seenName))
            {
                probe = seenProbe;
                return null;
            }
        }

        return ResolveNew(Encoding.UTF8.GetString(whole), out probe);
    }

    private string? ResolveNew(string name, out ProbeId probe)
    {
        if (!ProbeId.TryParse(name, out probe))
        {
            return $"has the name '{ShownText.Of(name)}'; name it device/probe with letters, digits, '-', '_' and '.' only";
        }

        if (probe.Device != device)
        {
            return $"names device '{probe.Device}' but came on the topic of '{device}'; publish each device's readings on its own topic";
        }

        probe = probe with { Device = device };
        if (_seen.Count < RememberedMax)
        {
            _seen.Add((name, probe));
        }

        return null;
    }
}
