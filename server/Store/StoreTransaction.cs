using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>
/// The writer's session inside its open transaction. A job must not keep it: what it wrote counts only when the task of
/// <see cref="RecordStore.WriteAsync{T}"/> completes.
/// </summary>
internal sealed class StoreTransaction(SqliteConnection connection) : StoreSession(connection)
{
    /// <summary>In whose name the job at work is done.</summary>
    public Actor Actor { get; private set; } = Actor.Software;

    /// <summary>Runs an INSERT, UPDATE or DELETE; the result is the number of rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Run(sql, parameters);

    /// <summary>Runs an INSERT … RETURNING id and gives the id of the new row.</summary>
    public long Insert(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        QueryFirst(sql, row => row.GetInt64(0), parameters);

    // The transaction belongs to the writer; a job runs between a savepoint and its release.
    internal void Begin() => Run("BEGIN IMMEDIATE");

    internal void Commit() => Run("COMMIT");

    internal void Rollback() => Run("ROLLBACK");

    internal void BeginJob(Actor actor)
    {
        Actor = actor;
        Run("SAVEPOINT job");
    }

    internal void KeepJob() => Run("RELEASE job");

    internal void UndoJob()
    {
        Run("ROLLBACK TO job");
        Run("RELEASE job");
    }
}
