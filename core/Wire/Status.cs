using ColdChain.Core.Readings;

namespace ColdChain.Core.Wire;

/// <summary>Rows that the device lost for good, so that a hole is explained instead of waited for.</summary>
/// <param name="From">The first lost seq.</param>
/// <param name="To">The last lost seq, included.</param>
/// <param name="Reason">Why, in words for a person.</param>
public sealed record Gone(long From, long To, string Reason);

/// <summary>What became of the outbox that the device had before, as far as the device can tell.</summary>
/// <param name="Epoch">Its epoch; null when that is not known.</param>
/// <param name="Carried">Its seqs whose readings stand in this outbox under numbers of their own; empty when none.</param>
/// <param name="Unread">True when it could not be read: what it had not delivered is lost, and nobody can tell how much that was.</param>
public sealed record PreviousOutbox(string? Epoch, SeqRanges Carried, bool Unread);

/// <summary>A device's heartbeat on <c>up/status</c>. It is driven by the progress of sampling, not by a timer of its own.</summary>
/// <param name="Epoch">The outbox's epoch.</param>
/// <param name="At">The device's clock, ISO 8601 with zone, or null when it is not trusted.</param>
/// <param name="Boot">The id of the boot.</param>
/// <param name="Mono">Milliseconds since that boot.</param>
/// <param name="LastSeq">The newest row's seq; 0 when there is none.</param>
/// <param name="OldestUnacked">The oldest row not yet acknowledged; 0 when all are.</param>
/// <param name="Unacked">How many rows wait for an acknowledgement.</param>
/// <param name="OutboxFreeBytes">Free bytes on the outbox's file system.</param>
/// <param name="Software">Name and version of the agent.</param>
/// <param name="Gone">Rows declared lost; empty when none.</param>
/// <param name="ForeignStore">The id of an acknowledging store that is not the pinned one; null when there was none.</param>
/// <param name="Previous">The outbox before this one; null when the device knows of none.</param>
public sealed record Status(
    string Epoch, string? At, string Boot, long Mono, long LastSeq, long OldestUnacked, long Unacked, long OutboxFreeBytes, string Software,
    IReadOnlyList<Gone> Gone, string? ForeignStore, PreviousOutbox? Previous = null)
{
    /// <summary>By what the server dates readings that were measured without a trusted clock; empty when the device knows of nothing.</summary>
    public IReadOnlyList<ClockAnchor> Anchors { get; init; } = [];
}
