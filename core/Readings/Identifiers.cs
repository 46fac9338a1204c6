using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ColdChain.Core.Readings;

/// <summary>
/// The name of an edge device (one Raspberry Pi), as in its topic. 1 to 64 characters: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>,
/// the first one a letter or digit. These are characters that a topic level (MQTT 3.1.1 §4.7) and a SenML name (RFC 8428 §4.5.1) both allow.
/// </summary>
/// <param name="Value">The text; the default value has none and is not valid.</param>
public readonly record struct DeviceId(string Value)
{
    /// <summary>Accepts a text that follows the rule above.</summary>
    public static bool TryParse(string? text, out DeviceId id)
    {
        id = new DeviceId(text ?? "");
        return Names.Simple().IsMatch(id.Value);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// The name of a probe: its device and a name within it, written <c>device/probe</c>; both parts follow the rule of <see cref="DeviceId"/>.
/// </summary>
/// <param name="Device">The device that reads the probe.</param>
/// <param name="Name">The name within the device.</param>
[JsonConverter(typeof(ProbeIdJson))]
public readonly record struct ProbeId(DeviceId Device, string Name)
{
    /// <summary>Accepts <c>device/probe</c>.</summary>
    public static bool TryParse(string? text, out ProbeId id)
    {
        var slash = (text ?? "").IndexOf('/', StringComparison.Ordinal);
        id = default;
        if (slash < 1 || !DeviceId.TryParse(text![..slash], out var device) || !Names.Simple().IsMatch(text[(slash + 1)..]))
        {
            return false;
        }

        id = new ProbeId(device, text[(slash + 1)..]);
        return true;
    }

    /// <summary>The probe as <c>device/probe</c>.</summary>
    public override string ToString() => $"{Device.Value}/{Name}";
}

/// <summary>The name of a storage unit (a fridge, incubator, freezer, van or cooler); the rule is that of <see cref="DeviceId"/>.</summary>
/// <param name="Value">The text.</param>
public readonly record struct StorageUnitId(string Value)
{
    /// <summary>Accepts a text that follows the rule of <see cref="DeviceId"/>.</summary>
    public static bool TryParse(string? text, out StorageUnitId id)
    {
        id = new StorageUnitId(text ?? "");
        return Names.Simple().IsMatch(id.Value);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}

internal static partial class Names
{
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    internal static partial Regex Simple();
}
