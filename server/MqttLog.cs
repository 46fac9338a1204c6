using ColdChain.Mqtt.Link;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server;

/// <summary>Writes what MQTT reports to the log: an operator must see who was refused and why.</summary>
internal sealed class MqttLog
{
    /// <summary>Where to; set once the host is built, for links are made before it.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    public void Take(MqttEvent happened) => Logger.Log(LevelOf(happened.Kind), "MQTT: {What}", happened.Text);

    private static LogLevel LevelOf(MqttEventKind kind) => kind switch
    {
        MqttEventKind.Connected or MqttEventKind.Disconnected => LogLevel.Information,
        MqttEventKind.HandlerFault or MqttEventKind.Fault => LogLevel.Error,
        _ => LogLevel.Warning,
    };
}
