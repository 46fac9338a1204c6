using System.Globalization;
using ColdChain.Simulation.Tests.Checks;
using ColdChain.Simulation.Tests.Clockwork;
using ColdChain.Simulation.Tests.Stores;
using Microsoft.Data.Sqlite;

namespace ColdChain.Simulation.Tests.Machines;

/// <summary>Sees what an outbox commits, and may kill its process at a commit.</summary>
internal sealed class EdgeStatements(MachineRoom room, EdgeMachine machine, SimulatedProcess process) : IStatements
{
    private readonly List<CommittedRow> _pending = [];

    public void Before(SqliteCommand command)
    {
        if (!process.IsAlive)
        {
            throw new ProcessKilledException();
        }

        machine.Plants(command);
        if (command.CommandText.StartsWith("COMMIT", StringComparison.Ordinal) && room.KillsAtCommit(process, CommitMoment.Before))
        {
            process.Dispose();
            throw new ProcessKilledException();
        }
    }

    public void After(SqliteCommand command, object? result)
    {
        switch (command.CommandText)
        {
            case var text when text.StartsWith("INSERT INTO reading (", StringComparison.Ordinal) && result is long seq:
                _pending.Add(Row(command, seq));
                break;
            case var text when text.StartsWith("COMMIT", StringComparison.Ordinal):
                _pending.ForEach(room.Ledger.Commit);
                _pending.Clear();
                KillAfterCommit();
                break;
            case var text when text.StartsWith("ROLLBACK", StringComparison.Ordinal) || text.StartsWith("BEGIN", StringComparison.Ordinal):
                _pending.Clear();
                break;
        }
    }

    private void KillAfterCommit()
    {
        if (room.KillsAtCommit(process, CommitMoment.After))
        {
            process.Dispose();
            throw new ProcessKilledException();
        }
    }

    private CommittedRow Row(SqliteCommand command, long seq)
    {
        var mono = (long?)Value(command, "$mono");
        return new CommittedRow(
            machine.Client, machine.Epoch, seq, $"{machine.Client}/{Value(command, "$probe")}", (long?)Value(command, "$measured"), (string?)Value(command, "$celsius"),
            (string?)Value(command, "$fault"), (string?)Value(command, "$frame"), (string?)Value(command, "$boot"), mono, room.Pump.Now)
        {
            State = Value(command, "$state") is { } state ? Convert.ToInt64(state, CultureInfo.InvariantCulture) != 0 : null,
            TrueMeasuredAt = mono is { } passed ? machine.BootedAt + TimeSpan.FromMilliseconds(passed) : room.Pump.Now,
        };
    }

    private static object? Value(SqliteCommand command, string name) => command.Parameters[name].Value is var value && value is DBNull ? null : value;
}

/// <summary>Where a process may die at a commit.</summary>
internal enum CommitMoment
{
    /// <summary>Nothing of it is stored.</summary>
    Before,

    /// <summary>All of it is stored, and nobody has been told.</summary>
    After,
}
