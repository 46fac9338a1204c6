using ColdChain.Fuzz.Tests.Engine;
using ColdChain.Hosting.Configuration;
using ColdChain.Server.Configuration;

namespace ColdChain.Fuzz.Tests.Configuration;

/// <summary>The server's <c>server.yaml</c>: errors with their place, or options, which may still contradict each other in words.</summary>
internal sealed class ServerConfigTarget : FuzzTarget, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coldchain-fuzz-");

    public override string Name => "server-config";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. YamlWords.All,
        .. YamlWords.Bytes(
            "data: ", "fleet: ", "rules: ", "http:\n", "mqtt:\n", "broker:\n", "influx:\n", "listen: ", "trustedNetwork: ", "allowedHosts: ", "certificateFile: ", "keyFile: ",
            "clientCaFile: ", "requireClientCertificate: ", "host: ", "port: ", "tls: ", "caFile: ", "user: ", "passwordFile: ", "address: ", "database: ", "tokenFile: ",
            "organisation: ", "127.0.0.1:0", "[::1]:8080", "0.0.0.0:80", "http://127.0.0.1:8086", "localhost", "*"),
    ];

    public override long AllocationMax => 512 * 1024 * 1024;

    public override IEnumerable<byte[]> Giants => YamlWords.Bombs;

    public override Task<string> FeedAsync(byte[] input, CancellationToken cancellation) => Task.FromResult(Feed(input));

    public void Dispose() => _folder.Delete(recursive: true);

    private string Feed(byte[] input)
    {
        var path = Path.Combine(_folder.FullName, "server.yaml");
        File.WriteAllBytes(path, input);
        var file = ConfigFile.Read(path, ServerConfig.FromEnvironment(new Dictionary<string, string>()));
        var options = ServerConfig.Read(file);
        if (file.Errors.Texts is { Count: > 0 } errors)
        {
            return ConfigTexts.Require(path, errors);
        }

        foreach (var contradiction in options.Errors())
        {
            ErrorText.RequireReasonAndCure(contradiction, ". ");
        }

        return $"read{(options.Broker is null ? "" : ", broker")}{(options.Influx is null ? "" : ", influx")}{(options.Mqtt is null ? "" : ", mqtt")}";
    }
}
