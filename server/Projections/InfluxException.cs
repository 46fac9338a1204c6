namespace ColdChain.Server.Projections;

/// <summary>InfluxDB did not do what it was asked, for a reason that may pass: nothing is lost, the request is repeated later.</summary>
internal class InfluxException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The database does not exist: nothing that was written before is there any more.</summary>
internal sealed class InfluxDatabaseMissingException(string message) : InfluxException(message);
