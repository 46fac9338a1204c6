using Microsoft.Data.Sqlite;

namespace ColdChain.Simulation.Tests.Stores;

/// <summary>Sees every statement of a connection: to note what is committed, to make it fail, and to plant a defect in it.</summary>
internal interface IStatements
{
    /// <summary>Before it runs; may change it, or throw in its place.</summary>
    void Before(SqliteCommand command);

    /// <summary>After it ran.</summary>
    /// <param name="command">The statement.</param>
    /// <param name="result">The first column of its first row, where the caller asked for no more; otherwise null.</param>
    void After(SqliteCommand command, object? result);
}
