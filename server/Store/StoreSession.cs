using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>One connection with the statements it has prepared. Used by one thread at a time.</summary>
internal class StoreSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    /// <summary>All rows of a query. The statement stays prepared, so the text must be a constant.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Statement(sql, parameters).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>The first row of a query, or the default value when there is none.</summary>
    public T? QueryFirst<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Statement(sql, parameters).ExecuteReader();
        return reader.Read() ? map(reader) : default;
    }

    /// <summary>The rows of a query one by one, for results that should not be in memory at once. The text must be a constant, as above.</summary>
    public IEnumerable<T> Stream<T>(string sql, Func<SqliteDataReader, T> map, params (string Name, object? Value)[] parameters)
    {
        // Taken out meanwhile: it could be asked for again while this reader is open.
        var command = Statement(sql, parameters);
        _statements.Remove(sql);
        try
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                yield return map(reader);
            }
        }
        finally
        {
            if (!_statements.TryAdd(sql, command))
            {
                command.Dispose();
            }
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a statement that returns no rows; the result is the number of rows changed.</summary>
    protected internal int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Statement(sql, parameters).ExecuteNonQuery();

    private SqliteCommand Statement(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_statements.TryGetValue(sql, out var command))
        {
            _statements.Add(sql, command = Prepare(sql, parameters));
            return command;
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = Stored(parameters[i].Value);
        }

        return command;
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, Stored(value));
        }

        return command;
    }

    // The one place that says how our values look in a column.
    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        Instant instant => instant.Milliseconds,
        Celsius celsius => celsius.Milli,
        SeqRanges ranges => ranges.ToString(),
        DeviceId device => device.Value,
        StorageUnitId unit => unit.Value,
        ProbeId probe => probe.ToString(),
        bool flag => flag ? 1 : 0,
        ReadOnlyMemory<byte> bytes => bytes.ToArray(),
        _ => value,
    };
}
