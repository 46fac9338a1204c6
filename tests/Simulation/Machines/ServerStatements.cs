using ColdChain.Core.Readings;
using ColdChain.Simulation.Tests.Checks;
using ColdChain.Simulation.Tests.Clockwork;
using ColdChain.Simulation.Tests.Stores;
using Microsoft.Data.Sqlite;

namespace ColdChain.Simulation.Tests.Machines;

/// <summary>Sees what a record store commits, may kill its process at a commit, and may plant a defect in a statement.</summary>
internal sealed class ServerStatements(
    Pump pump, Ledger ledger, Func<CommitMoment, bool> kills, SimulatedProcess process, Action<SqliteCommand> plants) : IStatements
{
    private readonly List<(string Device, string Epoch, SeqRanges Accepted)> _pending = [];
    private int _beforeJob;

    public void Before(SqliteCommand command)
    {
        if (!process.IsAlive)
        {
            throw new ProcessKilledException();
        }

        plants(command);
        if (command.CommandText == "COMMIT" && kills(CommitMoment.Before))
        {
            process.Dispose();
            throw new ProcessKilledException();
        }
    }

    public void After(SqliteCommand command, object? result)
    {
        switch (command.CommandText)
        {
            case "BEGIN IMMEDIATE" or "BEGIN" or "ROLLBACK": // A reader begins when nobody writes: what a full disk undid was never stored.
                _pending.Clear();
                break;
            case "SAVEPOINT job":
                _beforeJob = _pending.Count;
                break;
            case "ROLLBACK TO job":
                _pending.RemoveRange(_beforeJob, _pending.Count - _beforeJob);
                break;
            case "COMMIT":
                Commit();
                break;
            case var text when text.StartsWith("INSERT INTO packs", StringComparison.Ordinal):
                Note(command);
                break;
        }
    }

    private void Note(SqliteCommand command)
    {
        var accepted = SeqRanges.TryParse((string)command.Parameters["$accepted"].Value!, out var ranges) ? ranges : SeqRanges.Empty; // A pack always has them.
        _pending.Add(((string)command.Parameters["$device"].Value!, (string)command.Parameters["$epoch"].Value!, accepted)); // And these.
    }

    private void Commit()
    {
        foreach (var (device, epoch, accepted) in _pending)
        {
            ledger.Store(device, epoch, accepted, pump.Now);
        }

        _pending.Clear();
        if (kills(CommitMoment.After))
        {
            process.Dispose();
            throw new ProcessKilledException();
        }
    }
}
