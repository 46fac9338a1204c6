using ColdChain.Edge.Outbox;
using Microsoft.Data.Sqlite;

namespace ColdChain.Edge.Tests.Support;

/// <summary>Changes an outbox file behind the agent's back, as a worn card does. The file must be closed.</summary>
internal static class Sabotage
{
    /// <summary>What a card without room answers to every removal.</summary>
    public const string RefuseToDelete =
        "CREATE TRIGGER no_room BEFORE DELETE ON reading BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";

    public static void Run(string file, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        connection.Execute(sql);
    }
}
