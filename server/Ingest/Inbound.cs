using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Server.Ingest;

/// <summary>A message of a device, as it waits in front of the writer.</summary>
/// <param name="Device">The device of its topic.</param>
/// <param name="Kind">The leaf of its topic.</param>
/// <param name="Payload">The bytes.</param>
/// <param name="Received">When it came, by the server's clock.</param>
/// <param name="IsRetained">True when a broker had kept it and delivered it because the server subscribed: it may be of any age.</param>
internal sealed record Inbound(DeviceId Device, UpKind Kind, ReadOnlyMemory<byte> Payload, Instant Received, bool IsRetained = false);

/// <summary>A readable pack of an enrolled device, with what is refused of it.</summary>
/// <param name="Message">As it came.</param>
/// <param name="Pack">What it says.</param>
/// <param name="Refused">Readings that will not be stored, each with its cause.</param>
/// <param name="Sha256">Of the message's bytes.</param>
internal sealed record Arrival(Inbound Message, Pack Pack, IReadOnlyList<RefusedSample> Refused, byte[] Sha256)
{
    /// <summary>Readings that are neither stored nor refused now: the device keeps them, and sends them again.</summary>
    public IReadOnlyList<Reading> LeftToTheDevice { get; init; } = [];
}
