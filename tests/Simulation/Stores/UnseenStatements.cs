using Microsoft.Data.Sqlite;

namespace ColdChain.Simulation.Tests.Stores;

/// <summary>Nobody looks.</summary>
internal sealed class UnseenStatements : IStatements
{
    public void Before(SqliteCommand command)
    {
        // Nothing is to fail.
    }

    public void After(SqliteCommand command, object? result)
    {
        // Nothing is noted.
    }
}
