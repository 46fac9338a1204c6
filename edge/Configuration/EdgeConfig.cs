using ColdChain.Core.Readings;
using ColdChain.Edge.LocalAlarm;
using ColdChain.Edge.Sensors;
using ColdChain.Hosting.Clocks;
using ColdChain.Hosting.Connections;

namespace ColdChain.Edge.Configuration;

/// <summary>The configuration of an agent, checked.</summary>
/// <param name="Device">The device's name, as in its topics.</param>
/// <param name="Broker">Where the readings go: a broker, or the server's own endpoint.</param>
/// <param name="OutboxPath">The outbox's file.</param>
/// <param name="Retention">How long acknowledged rows stay.</param>
/// <param name="AckTimeout">How long a pack waits for the server's acknowledgement before it is sent again.</param>
/// <param name="Clock">Who says whether the wall clock is to be believed.</param>
/// <param name="NotSupervised">The lamp that is on while nobody supervises the device; null for none.</param>
/// <param name="SiteAlarm">The lamp or sounder that is on while an alarm of the site is critical and nobody has taken it on; null for none.</param>
/// <param name="Sources">Makes the source of each probe.</param>
internal sealed record EdgeConfig(
    DeviceId Device, Connection Broker, string OutboxPath, TimeSpan Retention, TimeSpan AckTimeout, IClockAuthority Clock, ILamp? NotSupervised, ILamp? SiteAlarm,
    IReadOnlyList<SourceFactory> Sources);
