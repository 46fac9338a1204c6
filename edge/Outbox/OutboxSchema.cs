using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace ColdChain.Edge.Outbox;

/// <summary>
/// The tables of the outbox as a row of steps: step n makes version n out of version n-1. A new file takes all of them, so that it never
/// differs from an old one that was brought up to date. A step that landed is never edited, and a step only adds.
/// </summary>
/// <param name="steps">The steps in order, from version 1 on.</param>
internal sealed class OutboxSchema(IReadOnlyList<string> steps)
{
    // seq is AUTOINCREMENT: a number is never given twice, not even after its row was pruned.
    // written_at is the device's clock at the insert (null while not trusted); retention counts from it, not from the age of the sample.
    private const string FirstTables = """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE reading (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            probe TEXT NOT NULL,
            measured_at INTEGER,
            celsius TEXT,
            fault TEXT,
            raw_frame TEXT,
            boot TEXT,
            mono INTEGER,
            written_at INTEGER);
        CREATE TABLE refused (seq INTEGER PRIMARY KEY, reason TEXT NOT NULL);
        """;

    // Anchors are kept until no row of their boot needs them: what dates a boot must not be lost with the power. Rows without an instant are few.
    private const string Anchors = """
        CREATE TABLE anchor (
            id INTEGER PRIMARY KEY,
            boot TEXT NOT NULL,
            mono INTEGER NOT NULL,
            utc INTEGER NOT NULL,
            error_ms INTEGER NOT NULL);
        CREATE INDEX reading_undated ON reading (boot) WHERE measured_at IS NULL;
        """;

    // "CCob" in the file's header tells an outbox from any other SQLite file: a record store, for example, counts its versions too.
    private const int ApplicationId = 0x43436f62;
    private const int NamedFrom = 2;

    /// <summary>The schema that this agent reads and writes.</summary>
    public static OutboxSchema Current { get; } = new([FirstTables, $"PRAGMA application_id = {ApplicationId};", Anchors]);

    public int Version => steps.Count;

    /// <summary>Brings a file to this version, or refuses one that this agent cannot use.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="path">Its path, for errors.</param>
    /// <param name="followsUnread">Whether one that is made new follows one that could not be read.</param>
    /// <returns>The version that the file had; null when it was new or up to date.</returns>
    public int? Ensure(SqliteConnection connection, string path, bool followsUnread)
    {
        var (application, version) = (Number(connection, "PRAGMA application_id"), Number(connection, "PRAGMA user_version"));
        if (version == 0 && application == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0)
        {
            Advance(connection, 0, followsUnread);
            return null;
        }

        if (version < 1 || application != (version < NamedFrom ? 0 : ApplicationId))
        {
            throw new OutboxException($"{path} is a database of something else; give the outbox its own path");
        }

        if (version > Version)
        {
            throw new OutboxException(
                $"{path} has outbox version {version} and this agent knows versions up to {Version}; install the newer agent again. "
                + "Give this one another outbox path only if everything in the file was delivered: what it owes is lost once a new outbox begins");
        }

        return version == Version ? null : Migrate(connection, path, version);
    }

    private int Migrate(SqliteConnection connection, string path, int version)
    {
        try
        {
            Advance(connection, version, followsUnread: false);
            return version;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR)
        {
            throw new OutboxException(
                $"{path} could not be brought from outbox version {version} to {Version}: {e.Message} Nothing of it is half done; "
                + "free space on the card and start the agent again", e);
        }
    }

    // One transaction for all steps: a power cut meanwhile leaves the old version whole, or the new one.
    private void Advance(SqliteConnection connection, int from, bool followsUnread)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var step in steps.Skip(from))
        {
            connection.Execute(step);
        }

        if (from == 0)
        {
            connection.Execute(
                "INSERT INTO meta VALUES ('epoch', $epoch)", ("$epoch", RandomNumberGenerator.GetHexString(32, lowercase: true)));
        }

        if (followsUnread)
        {
            // In this very transaction: were it forgotten, the readings lost with the other file would never be known as lost.
            connection.Execute("INSERT INTO meta VALUES ('previous', 'unread')");
        }

        connection.Execute($"PRAGMA user_version = {Version}");
        transaction.Commit();
    }

    private static int Number(SqliteConnection connection, string sql) => Convert.ToInt32(connection.Scalar(sql), CultureInfo.InvariantCulture);
}
