namespace ColdChain.Server.Outbound;

/// <summary>What came of a message that was sent.</summary>
/// <param name="IsTaken">True when it was answered with a status from 200 to 299: taken, which does not say that anybody has seen it.</param>
/// <param name="Status">The status that it was answered with; null when there was no answer.</param>
/// <param name="Reason">Why it was not taken, as a sentence for a person; when it was, the beginning of what was answered, which may be empty.</param>
internal readonly record struct SendResult(bool IsTaken, int? Status, string Reason);
