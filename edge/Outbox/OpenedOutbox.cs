using Microsoft.Data.Sqlite;

namespace ColdChain.Edge.Outbox;

/// <summary>An outbox file that can be used.</summary>
/// <param name="Connection">The only connection to it.</param>
/// <param name="MigratedFrom">The version that it had before it was opened; null when it was new or up to date.</param>
/// <param name="SetAside">Where a damaged file went, whose place this one has taken; null when there was none.</param>
internal sealed record OpenedOutbox(SqliteConnection Connection, int? MigratedFrom, string? SetAside);
