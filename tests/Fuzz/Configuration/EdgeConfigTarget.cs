using ColdChain.Edge.Configuration;
using ColdChain.Fuzz.Tests.Engine;
using ColdChain.Hosting.Configuration;

namespace ColdChain.Fuzz.Tests.Configuration;

/// <summary>The agent's <c>edge.yaml</c>: errors with their place, or sources that can be made.</summary>
internal sealed class EdgeConfigTarget : FuzzTarget, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coldchain-fuzz-");

    public EdgeConfigTarget()
    {
        File.WriteAllText(PathOf("recording.csv"), "time,celsius\n2026-01-01T00:00:00Z,4\n");
        File.WriteAllText(PathOf("password"), "secret\n");
    }

    public override string Name => "edge-config";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. YamlWords.All,
        .. YamlWords.Bytes(
            "device: ", "broker:\n", "host: ", "port: ", "tls: ", "user: ", "passwordFile: ", "caFile: ", "certificateFile: ", "keyFile: ", "outbox:\n", "path: ",
            "retentionDays: ", "clock:\n", "trust: ", "always", "probes:\n", "kind: ", "simulated", "replay", "hwmon", "w1", "iio", "model: ", "unit: ", "role: ", "intervalSeconds: ", "timeoutSeconds: ", "channel: ",
            "file: ", "speed: ", "root: ", "recording.csv", "password", "28-0316a2790bff", "1-0018"),
    ];

    public override long AllocationMax => 512 * 1024 * 1024;

    public override IEnumerable<byte[]> Giants => YamlWords.Bombs;

    public override Task<string> FeedAsync(byte[] input, CancellationToken cancellation) => Task.FromResult(Feed(input));

    public void Dispose() => _folder.Delete(recursive: true);

    private string Feed(byte[] input)
    {
        var path = PathOf("edge.yaml");
        File.WriteAllBytes(path, input);
        try
        {
            var config = EdgeConfigFile.Read(path, Overrides.FromEnvironment(new Dictionary<string, string>(), EdgeConfigFile.VariablePrefix));
            return $"read: {string.Join(' ', config.Sources.Select(make => make(TimeProvider.System).GetType().Name))}";
        }
        catch (ConfigException refused)
        {
            return ConfigTexts.Require(path, refused.Message.Split(Environment.NewLine));
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
