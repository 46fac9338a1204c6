using ColdChain.Core.Wire;
using ColdChain.Mqtt.Link;
using Microsoft.Data.Sqlite;

namespace ColdChain.Simulation.Tests.Faults;

/// <summary>Plants a defect: between a program and its database, or between it and its link. The programs themselves are as they are.</summary>
internal sealed class Planting(Site site, PlantedDefect defect)
{
    private const long SixHours = 6 * 3_600_000;
    private const int OnceIn = 6;
    private const int InARow = 30;

    private long _statements;

    public void Begin()
    {
        site.Server.Plants = Change;
        site.Broker.Alters = Alter;
        foreach (var edge in site.Edges)
        {
            edge.Plants = ChangeReading;
        }

        if (defect == PlantedDefect.CommitsThatAreLost)
        {
            site.Server.Disk.IsLazy = true;
            Save();
        }
    }

    private void Save() => site.Pump.After(TimeSpan.FromMinutes(20), null, () =>
    {
        site.Server.Disk.Save();
        Save();
    });

    private void Change(SqliteCommand command)
    {
        switch (defect)
        {
            case PlantedDefect.ForgottenDuplicates when Is(command, "INSERT INTO streams"):
                Set(command, "$held", "");
                break;
            case PlantedDefect.LateCheckpoint when Is(command, "SELECT unit, at, state FROM checkpoints WHERE unit = $unit AND at <= $at"):
                command.Parameters["$at"].Value = (long)command.Parameters["$at"].Value! + SixHours; // It is always given.
                break;
            case PlantedDefect.LostMark when Is(command, "INSERT INTO marks") && ++_statements / InARow % 2 == 1:
                command.Parameters["$unit"].Value = "nobody"; // One alone would not matter: the next one makes up for it.
                break;
            case PlantedDefect.LiftedHold when Is(command, "INSERT INTO holds"):
                Set(command, "$state", "lifted");
                break;
            case PlantedDefect.RosyState when Is(command, "UPDATE unit_states SET version"):
                command.Parameters["$status"].Value = "in-range";
                command.Parameters["$deadline"].Value = DBNull.Value;
                break;
            case PlantedDefect.RemovedEvent when command.CommandText == "BEGIN IMMEDIATE" && ++_statements == 150:
                Run(command, "DROP TRIGGER events_stay; DELETE FROM events WHERE id = 3;");
                break;
        }
    }

    private void ChangeReading(SqliteCommand command)
    {
        if (defect == PlantedDefect.ChangedReading && Is(command, "INSERT INTO reading ("))
        {
            Set(command, "$celsius", "4.321");
        }
    }

    private static bool Is(SqliteCommand command, string beginning) => command.CommandText.TrimStart().StartsWith(beginning, StringComparison.Ordinal);

    private void Set(SqliteCommand command, string parameter, string value)
    {
        if (++_statements % OnceIn == 0)
        {
            command.Parameters[parameter].Value = value;
        }
    }

    private static void Run(SqliteCommand beside, string sql)
    {
        using var command = new SqliteCommand(sql, beside.Connection);
        command.ExecuteNonQuery();
    }

    private MqttMessage Alter(MqttMessage message)
    {
        if (defect == PlantedDefect.GenerousAcknowledgement
            && message.Topic.EndsWith("/down/ack", StringComparison.Ordinal)
            && ControlCodec.TryDecodeAck(message.Payload.Span, out var ack, out _)
            && ack.UpTo > 0
            && ++_statements % OnceIn == 0)
        {
            // It claims to hold one number more, if the device has given it by then, and says nothing of contents.
            return message with { Payload = ControlCodec.EncodeAck(ack with { UpTo = ack.UpTo + 1, Contents = null }) };
        }

        return message;
    }
}
