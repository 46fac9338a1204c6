namespace ColdChain.Server.Store;

/// <summary>The record store cannot be opened; the message says why and what to do.</summary>
internal sealed class StoreOpenException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What is stored of a signed report is not what was signed; the message says which, and what to do.</summary>
internal sealed class ReportContentException(string message) : Exception(message);

/// <summary>A batch could not be committed: nothing of it is stored, and the same work may be tried again.</summary>
internal sealed class StoreWriteException(string message, Exception inner) : Exception(message, inner);
