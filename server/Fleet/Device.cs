using ColdChain.Core.Readings;

namespace ColdChain.Server.Fleet;

/// <summary>An enrolled device: readings from any other are refused.</summary>
/// <param name="Id">Its name, as in its topic.</param>
/// <param name="Site">The id of its site.</param>
/// <param name="IsForeign">True when it may publish packs without epoch and seq: another vendor's gateway, or a person with a tool.</param>
internal sealed record Device(DeviceId Id, string Site, bool IsForeign);
