namespace ColdChain.EndToEnd.Tests.BadInput;

/// <summary>The files of the agent that runs as a process of its own.</summary>
internal static class AgentFiles
{
    /// <summary>Writes its configuration with the probes given.</summary>
    public static async Task WriteAsync(BadInputScene scene, string probes, string recording = "")
    {
        await File.WriteAllTextAsync(scene.PathOf("password"), "secret\n");
        await File.WriteAllTextAsync(scene.PathOf("recording.csv"), recording);
        await File.WriteAllTextAsync(scene.PathOf("edge.yaml"), $"""
            device: {SceneFleet.Agent}
            broker:
              host: 127.0.0.1
              port: {scene.Server.MqttAddress.Port}
              tls: false
              user: {SceneFleet.Agent}
              passwordFile: password
            outbox:
              path: outbox.db
            clock:
              trust: always
            probes:
            {probes}
            """);
    }
}
