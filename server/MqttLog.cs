using ColdChain.Mqtt.Link;

namespace ColdChain.Server;

/// <summary>Writes what MQTT reports to the log: an operator must see who was refused and why.</summary>
internal sealed class MqttLog(ILogger<MqttLog> logger)
{
    public void Take(MqttEvent happened) => logger.Log(LevelOf(happened.Kind), "MQTT: {What}", happened.Text);

    private static LogLevel LevelOf(MqttEventKind kind) => kind switch
    {
        MqttEventKind.Connected or MqttEventKind.Disconnected => LogLevel.Information,
        MqttEventKind.HandlerFault or MqttEventKind.Fault => LogLevel.Error,
        _ => LogLevel.Warning,
    };
}
