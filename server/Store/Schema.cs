using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>
/// The tables of the record store as a row of steps, one SQL file each (Migrations/0001-….sql, 0002-….sql, …). Step n makes version n out
/// of version n-1; a new file takes all of them, so that it never differs from an old one that was brought up to date. A step that landed
/// is never edited, and a step only adds: what is stored is not rewritten, and the triggers that refuse it stay in force.
/// </summary>
/// <param name="steps">The steps in order, from version 1 on.</param>
internal sealed class Schema(IReadOnlyList<string> steps)
{
    private const string Folder = "Migrations/";

    // "CCrs" in the file's header tells a record store from any other SQLite file.
    private const long ApplicationId = 0x43437273;

    /// <summary>The schema that this program reads and writes.</summary>
    public static Schema Current { get; } = new(EmbeddedSteps());

    public int Version => steps.Count;

    /// <summary>Brings a file to this version, or refuses one that this program cannot serve.</summary>
    /// <returns>The version that the file had: 0 for a new one.</returns>
    public long Ensure(SqliteConnection connection, string path)
    {
        var version = VersionOf(connection, path);
        if (version < Version)
        {
            Advance(connection, path, version);
        }

        return version;
    }

    /// <summary>Refuses a file of any other version, which is not brought up to date by one who only reads.</summary>
    public void Expect(SqliteConnection connection, string path)
    {
        if (VersionOf(connection, path) is var version && version < Version)
        {
            throw new StoreOpenException($"{path} has schema version {version}, and here it is only read, as version {Version}. Start the server of this version once: it brings the store up to date.");
        }
    }

    private long VersionOf(SqliteConnection connection, string path)
    {
        var (application, version) = (Number(connection, "PRAGMA application_id"), Number(connection, "PRAGMA user_version"));
        var isNew = application == 0 && version == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew && (application != ApplicationId || version < 1))
        {
            throw new StoreOpenException($"{path} is another program's database, not a record store. Give the path of a record store, or of no file at all.");
        }

        if (version > Version)
        {
            throw new StoreOpenException(
                $"{path} has schema version {version} and this program knows versions up to {Version}. "
                + "Start the program version that wrote it, or a newer one; or restore the backup that was made before that one was started.");
        }

        return version;
    }

    // One transaction for all steps: whatever ends the program meanwhile leaves the old version whole, or the new one.
    private void Advance(SqliteConnection connection, string path, long from)
    {
        try
        {
            using var transaction = connection.BeginTransaction();
            foreach (var step in steps.Skip((int)from))
            {
                Execute(connection, step);
            }

            if (from == 0)
            {
                Name(connection);
            }

            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={Version}"));
            transaction.Commit();
        }
        catch (SqliteException error) when (from > 0)
        {
            throw new StoreOpenException(
                $"{path} could not be brought from schema version {from} to {Version}: {error.Message} Nothing of it is half done. "
                + "If the disk is full, free as much as the file is large and start again; until then the program version before still serves the file.",
                error);
        }
    }

    private static void Name(SqliteConnection connection)
    {
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id={ApplicationId}"));
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO meta VALUES ('store-id', $id)";
        command.Parameters.AddWithValue("$id", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        command.ExecuteNonQuery();
    }

    private static List<string> EmbeddedSteps()
    {
        var names = typeof(Schema).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"{Folder}{i + 1:0000}-");
            if (!names[i].StartsWith(number, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The program was built with {names[i]} where {number}….sql belongs. Number the steps one after the other, and build again.");
            }
        }

        return names.ConvertAll(Text);
    }

    private static string Text(string resource)
    {
        using var reader = new StreamReader(typeof(Schema).Assembly.GetManifestResourceStream(resource)!); // The name came from the assembly.
        return reader.ReadToEnd();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!; // Each of these queries has exactly one row with a number.
    }
}
