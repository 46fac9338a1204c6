using System.Net;
using System.Net.Sockets;

namespace ColdChain.Mqtt.Tests.Interop;

/// <summary>A real broker on a free loopback port.</summary>
internal sealed class MosquittoBroker : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("coldchain-mosquitto-").FullName;
    private readonly string[] settings;
    private Tool? process;

    private MosquittoBroker(string[] settings) => this.settings = settings;

    public int Port { get; } = FreePort();

    public static async Task<MosquittoBroker> StartAsync(params string[] settings)
    {
        var broker = new MosquittoBroker(settings);
        await broker.StartAsync();
        return broker;
    }

    public async Task StartAsync()
    {
        var file = Path.Combine(folder, "mosquitto.conf");
        string user = Environment.UserName == "root" ? "user root" : "";
        await File.WriteAllLinesAsync(file, [$"listener {Port} 127.0.0.1", "allow_anonymous true", user, .. settings]);
        process = Tool.Start("mosquitto", "-c", file);
        await Patience.UntilAsync(IsListening);
    }

    /// <summary>As a power cut would.</summary>
    public async Task KillAsync() => await (process?.DisposeAsync() ?? ValueTask.CompletedTask);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(folder, recursive: true);
    }

    private bool IsListening()
    {
        try
        {
            using var probe = new TcpClient();
            probe.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
