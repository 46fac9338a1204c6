using System.Data;
using Microsoft.Data.Sqlite;

namespace ColdChain.Simulation.Tests.Stores;

/// <summary>A connection to real SQLite whose statements are seen, and may fail, one by one.</summary>
internal sealed class InjectedConnection(string connectionString, IStatements statements) : SqliteConnection(connectionString)
{
    public override SqliteCommand CreateCommand() =>
        new InjectedCommand(statements) { Connection = this, CommandTimeout = DefaultTimeout, Transaction = Transaction };
}

/// <summary>A statement of such a connection. Every way to run one goes through its reader.</summary>
internal sealed class InjectedCommand(IStatements statements) : SqliteCommand
{
    private bool _isScalar;

    public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
    {
        statements.Before(this);
        var reader = base.ExecuteReader(behavior);
        if (!_isScalar)
        {
            statements.After(this, null);
        }

        return reader;
    }

    public override object? ExecuteScalar()
    {
        _isScalar = true;
        var result = base.ExecuteScalar();
        statements.After(this, result);
        return result;
    }
}
