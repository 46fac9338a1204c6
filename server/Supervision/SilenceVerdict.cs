using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Supervision;

/// <summary>Something to tell.</summary>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Subject">The device or site; empty for the server.</param>
/// <param name="Payload">The particulars.</param>
internal sealed record SilenceEvent(string Kind, string Subject, object Payload);

/// <summary>What follows from a look at who was heard.</summary>
/// <param name="Silences">Every silence that goes on.</param>
/// <param name="Events">What is to be told.</param>
/// <param name="Deadline">When the passing of time alone changes something; null for never.</param>
internal sealed record SilenceVerdict(IReadOnlyList<SilenceRow> Silences, IReadOnlyList<SilenceEvent> Events, Instant? Deadline);
