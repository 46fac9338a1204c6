using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>Makes the tables in a new file, and refuses a file that this program cannot serve.</summary>
internal static class Schema
{
    private const long Version = 1;

    // "CCrs" in the file's header tells a record store from any other SQLite file.
    private const long ApplicationId = 0x43437273;

    public static void Ensure(SqliteConnection connection, string path)
    {
        var (application, version) = (Number(connection, "PRAGMA application_id"), Number(connection, "PRAGMA user_version"));
        if (application == 0 && version == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0)
        {
            Create(connection);
        }
        else if (application != ApplicationId)
        {
            throw new StoreOpenException($"{path} is another program's database, not a record store. Give the path of a record store, or of no file at all.");
        }
        else if (version != Version)
        {
            throw new StoreOpenException(
                $"{path} has schema version {version} and this program knows {Version}. Start the program version that wrote it, or a newer one.");
        }
    }

    // In one transaction: a crash leaves an empty file, never half a schema.
    private static void Create(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"BEGIN; {Tables()} PRAGMA application_id={ApplicationId}; PRAGMA user_version={Version}; INSERT INTO meta VALUES ('store-id', $id); COMMIT;");
        command.Parameters.AddWithValue("$id", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        command.ExecuteNonQuery();
    }

    private static string Tables()
    {
        using var stream = typeof(Schema).Assembly.GetManifestResourceStream("schema.sql")
            ?? throw new InvalidOperationException("The program was built without schema.sql. Build it again from a whole source tree.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!; // Each of these queries has exactly one row with a number.
    }
}
