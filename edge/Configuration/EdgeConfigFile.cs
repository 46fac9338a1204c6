using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ColdChain.Edge.Configuration;

/// <summary>Reads <c>edge.yaml</c>. Relative paths in it start at its own folder.</summary>
internal sealed class EdgeConfigFile
{
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    private readonly string _file;
    private readonly ConfigErrors _errors;
    private readonly IReadOnlyDictionary<string, ISensorKind> _kinds = SensorKinds.Create();

    private EdgeConfigFile(string file) => (_file, _errors) = (file, new ConfigErrors(file));

    /// <exception cref="ConfigException">Something is wrong; the message lists all of it.</exception>
    public static EdgeConfig Read(string file) => new EdgeConfigFile(file).Read();

    private EdgeConfig Read()
    {
        var root = Root();
        var device = Device(root);
        var config = new EdgeConfig(
            device,
            Broker(root.Section("broker")),
            Outbox(root.Section("outbox"), out var retention),
            retention,
            Probes(root.Sections("probes"), device));
        root.RejectUnknownKeys();
        return _errors.Any ? throw new ConfigException(_errors.ToString()) : config;
    }

    private YamlSection Root()
    {
        try
        {
            using var reader = new StreamReader(_file);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return yaml.Documents is [{ RootNode: YamlMappingNode root }]
                ? new YamlSection(root, _errors)
                : throw new ConfigException($"{_file}, line 1: there are no keys; begin with 'device: ' and the device's name");
        }
        catch (YamlException e)
        {
            throw new ConfigException(
                $"{_file}, line {e.Start.Line}: {e.Message}; correct the YAML there (indent with spaces, each key once)");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{_file}: {e.Message} Give an existing, readable file with --config FILE");
        }
    }

    private static DeviceId Device(YamlSection root)
    {
        const string rule = "use 1 to 64 letters, digits, '-', '_' or '.', the first a letter or digit";
        var text = root.Text("device", $"write 'device:' and the device's name; {rule}");
        if (!DeviceId.TryParse(text, out var device) && text.Length > 0)
        {
            root.Error("device", $"'{text}' is not a device name", rule);
        }

        return device;
    }

    private BrokerConfig Broker(YamlSection broker)
    {
        var host = broker.Text("host", "write 'host:' and the name or address of the broker");
        var tls = broker.Flag("tls", fallback: true);
        var port = broker.Whole("port", tls ? TlsPort : PlainPort, 1, 65535);
        var user = broker.OptionalText("user");
        var password = Secret(broker, "passwordFile");
        var ca = ExistingFile(broker, "caFile");
        if (!tls && ca is not null)
        {
            broker.Error("caFile", "'caFile' has no meaning with 'tls: false'", "remove it, or write 'tls: true'");
        }

        if (user is null && broker.Has("passwordFile"))
        {
            broker.Error(
                "passwordFile", "'passwordFile' without 'user': MQTT 3.1.1 has no password without a user name", "add 'user:', or remove it");
        }

        broker.RejectUnknownKeys();
        return new BrokerConfig(host, port, user, password, tls, ca);
    }

    private string Outbox(YamlSection outbox, out TimeSpan retention)
    {
        var path = FullPath(outbox.Text("path", "write 'path:' and a file on a disk that lasts, for example /var/lib/coldchain/outbox.db"));
        retention = TimeSpan.FromDays(outbox.Whole("retentionDays", fallback: 30, min: 30, max: 3650));
        outbox.RejectUnknownKeys();
        return path;
    }

    private List<SourceFactory> Probes(IReadOnlyList<YamlSection> sections, DeviceId device)
    {
        var sources = new List<SourceFactory>();
        var seen = new Dictionary<string, long>();
        foreach (var section in sections)
        {
            var probe = Probe(section, device);
            if (!seen.TryAdd(probe.Name, section.LineOf("id")) && probe.Name.Length > 0)
            {
                section.Error("id", $"probe '{probe.Name}' is there already, in line {seen[probe.Name]}", "give each probe its own id");
            }

            // Which keys are known depends on the kind, so an unknown kind says nothing about them.
            if (section.OneOf<ISensorKind?>("kind", _kinds!, null) is not { } kind)
            {
                continue;
            }

            if (kind.Configure(section, probe, FullPath) is { } source)
            {
                sources.Add(source);
            }

            section.RejectUnknownKeys();
        }

        return sources;
    }

    private static ProbeId Probe(YamlSection section, DeviceId device)
    {
        var id = section.Text("id", "write 'id:' and the probe's name within the device");
        if (id.Length > 0 && !ProbeId.TryParse($"x/{id}", out _))
        {
            section.Error("id", $"'{id}' is not a probe name", "use 1 to 64 letters, digits, '-', '_' or '.', the first a letter or digit");
        }

        return new ProbeId(device, id);
    }

    private string? Secret(YamlSection section, string key)
    {
        if (ExistingFile(section, key) is not { } path)
        {
            return null;
        }

        var secret = File.ReadAllText(path).TrimEnd('\r', '\n');
        if (secret.Length == 0)
        {
            section.Error(key, $"{path} is empty", "write the password into it, on one line");
        }

        return secret;
    }

    private string? ExistingFile(YamlSection section, string key)
    {
        if (section.OptionalText(key) is not { } text)
        {
            return null;
        }

        var path = FullPath(text);
        if (!File.Exists(path))
        {
            section.Error(key, $"there is no file {path}", "create it, or correct the path");
            return null;
        }

        return path;
    }

    private string FullPath(string path) => Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(_file))!); // A file has a folder.
}
