using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace ColdChain.EndToEnd.Tests.Compose;

/// <summary><c>docker-compose.yml</c> as it is written, with its common parts merged in. Every value is a text.</summary>
internal static class ComposeFile
{
    public static readonly string Path = System.IO.Path.Combine(Repository.Root, "docker-compose.yml");

    private static readonly Lazy<JsonNode> Loaded = new(Load);

    public static IReadOnlyList<ComposeService> Services =>
        [.. Loaded.Value["services"]!.AsObject().Select(service => new ComposeService(service.Key, service.Value!))];

    /// <summary>The services that run on, rather than end by themselves.</summary>
    public static IReadOnlyList<ComposeService> Lasting => [.. Services.Where(service => service.Restart != "no")];

    /// <summary>The files of the secrets, by their names.</summary>
    public static IReadOnlyDictionary<string, string> Secrets =>
        Loaded.Value["secrets"]!.AsObject().ToDictionary(secret => secret.Key, secret => secret.Value!["file"]!.GetValue<string>());

    public static IReadOnlyDictionary<string, JsonNode> Networks => Loaded.Value["networks"]!.AsObject().ToDictionary(network => network.Key, network => network.Value!);

    public static ComposeService Service(string name) => Services.Single(service => service.Name == name);

    private static JsonNode Load()
    {
        using var reader = new StreamReader(Path);
        var tree = new DeserializerBuilder().Build().Deserialize<object>(new MergingParser(new Parser(reader)));
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(tree))!;
    }
}

/// <summary>One service of it.</summary>
internal sealed record ComposeService(string Name, JsonNode Node)
{
    public string Image => Text("image");

    public string Restart => Text("restart");

    public bool IsBuilt => Node["build"] is not null;

    public string Dockerfile => Node["build"]!["dockerfile"]!.GetValue<string>();

    public int MemoryMegabytes => int.Parse(Text("mem_limit").TrimEnd('m'), System.Globalization.CultureInfo.InvariantCulture);

    public IReadOnlyList<string> Profiles => List("profiles");

    public IReadOnlyList<string> Networks => List("networks");

    public IReadOnlyList<string> Ports => List("ports");

    public IReadOnlyList<string> DependsOn => [.. Node["depends_on"]?.AsObject().Select(other => other.Key) ?? []];

    /// <summary>The command of its health check; null when it has none.</summary>
    public IReadOnlyList<string>? HealthCheck => Node["healthcheck"]?["test"]?.AsArray().Select(word => word!.GetValue<string>()).ToList();

    public IReadOnlyDictionary<string, string> Environment =>
        Node["environment"]?.AsObject().ToDictionary(variable => variable.Key, variable => variable.Value!.GetValue<string>()) ?? [];

    public IReadOnlyList<(string Source, string Target, bool IsReadOnly)> Mounts =>
    [
        .. Node["volumes"]?.AsArray().Select(mount =>
            (mount!["source"]!.GetValue<string>(), mount["target"]!.GetValue<string>(), mount["read_only"]?.GetValue<string>() == "true")) ?? [],
    ];

    /// <summary>Its secrets: the name, and the file's name in <c>/run/secrets</c>.</summary>
    public IReadOnlyList<(string Secret, string File)> Secrets =>
    [
        .. Node["secrets"]?.AsArray().Select(secret => secret is JsonValue name
            ? (name.GetValue<string>(), name.GetValue<string>())
            : (secret!["source"]!.GetValue<string>(), secret["target"]!.GetValue<string>())) ?? [],
    ];

    public string Text(string key) => Node[key]?.GetValue<string>() ?? "";

    public IReadOnlyList<string> List(string key) => [.. Node[key]?.AsArray().Select(item => item!.GetValue<string>()) ?? []];

    public override string ToString() => Name;
}
