namespace ColdChain.Edge.Outbox;

/// <summary>The outbox file cannot be used, and must not be touched. The message names the file, the reason and the cure.</summary>
internal sealed class OutboxException(string message, Exception? inner = null) : Exception(message, inner);
