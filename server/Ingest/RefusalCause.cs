using ColdChain.Core.Readings;

namespace ColdChain.Server.Ingest;

/// <summary>Why something is refused.</summary>
/// <param name="CountedAs">How it is counted; one of <see cref="Store.CountedAs"/>.</param>
/// <param name="Reason">The thing, the reason and the cure, for a person.</param>
/// <param name="OtherDevice">The device that it speaks of although it came on another's topic; null when that is not why.</param>
internal readonly record struct RefusalCause(string CountedAs, string Reason, DeviceId? OtherDevice = null);

/// <summary>A reading that will not be stored as one.</summary>
internal readonly record struct RefusedSample(Reading Reading, RefusalCause Cause);
