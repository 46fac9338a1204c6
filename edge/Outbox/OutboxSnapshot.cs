using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Edge.Outbox;

/// <summary>The state of the outbox at one moment, as the heartbeat tells it.</summary>
/// <param name="Epoch">The file's random id.</param>
/// <param name="Store">The pinned record store; null before the first acknowledgement.</param>
/// <param name="LastSeq">The newest number given; 0 for none.</param>
/// <param name="OldestUnacked">The oldest row not acknowledged; 0 when all are.</param>
/// <param name="Unacked">How many rows are not acknowledged.</param>
/// <param name="FreeBytes">Free bytes on the file system.</param>
/// <param name="Gone">Numbers that the server lacks and the file no longer has.</param>
/// <param name="ForeignStore">A store other than the pinned one that acknowledged since the start; null for none.</param>
/// <param name="SetAside">Where an unreadable file was put when this one was opened; null when there was none.</param>
/// <param name="Previous">What became of the outbox before this one; null when nothing is known of one.</param>
/// <param name="Anchors">What dates rows without an instant, and this boot; oldest first.</param>
internal sealed record OutboxSnapshot(
    string Epoch, string? Store, long LastSeq, long OldestUnacked, long Unacked, long FreeBytes, IReadOnlyList<Gone> Gone,
    string? ForeignStore, string? SetAside, PreviousOutbox? Previous, IReadOnlyList<ClockAnchor> Anchors);
