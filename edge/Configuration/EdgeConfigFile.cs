using ColdChain.Core.Readings;
using ColdChain.Edge.LocalAlarm;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Uplink;
using ColdChain.Hosting.Clocks;
using ColdChain.Hosting.Configuration;
using ColdChain.Hosting.Connections;

namespace ColdChain.Edge.Configuration;

/// <summary>Reads <c>edge.yaml</c>, and what wins over it.</summary>
internal sealed class EdgeConfigFile
{
    /// <summary>What the agent's variables of the environment begin with.</summary>
    public const string VariablePrefix = "COLDCHAIN_EDGE_";

    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    private readonly ConfigFile _file;
    private readonly IReadOnlyDictionary<string, ISensorKind> _kinds = SensorKinds.Create();

    private EdgeConfigFile(ConfigFile file) => _file = file;

    /// <exception cref="ConfigException">Something is wrong; the message lists all of it.</exception>
    public static EdgeConfig Read(string file, Overrides overrides) => new EdgeConfigFile(ConfigFile.Read(file, overrides)).Read();

    private EdgeConfig Read()
    {
        var root = _file.Root;
        var device = Device(root);
        var lamps = Lamps(root.SectionOrEmpty("lamps"));
        var config = new EdgeConfig(
            device,
            Connection.Read(root.Section("broker"), PlainPort, TlsPort),
            Outbox(root.Section("outbox"), out var retention),
            retention,
            AckTimeout(root.SectionOrEmpty("uplink")),
            ClockTrust.Read(root.SectionOrEmpty("clock")),
            lamps.NotSupervised,
            lamps.SiteAlarm,
            Probes(root.Sections("probes"), device));
        _file.RejectUnknownKeys();
        _file.Errors.ThrowIfAny();
        return config;
    }

    private static DeviceId Device(ConfigSection root)
    {
        const string rule = "use 1 to 64 letters, digits, '-', '_' or '.', the first a letter or digit";
        var text = root.Text("device", $"write 'device:' and the device's name; {rule}");
        if (!DeviceId.TryParse(text, out var device) && text.Length > 0)
        {
            root.Error("device", $"'{text}' is not a device name", rule);
        }

        return device;
    }

    private static string Outbox(ConfigSection outbox, out TimeSpan retention)
    {
        var path = outbox.FullPath("path", "write 'path:' and a file on a disk that lasts, for example /var/lib/coldchain/outbox.db");
        retention = TimeSpan.FromDays(outbox.Whole("retentionDays", fallback: 30, min: 30, max: 3650));
        outbox.RejectUnknownKeys();
        return path;
    }

    private static TimeSpan AckTimeout(ConfigSection uplink)
    {
        var seconds = uplink.Whole("ackTimeoutSeconds", (int)new UplinkOptions().AckTimeout.TotalSeconds, min: 2, max: 600);
        uplink.RejectUnknownKeys();
        return TimeSpan.FromSeconds(seconds);
    }

    private static (LedLamp? NotSupervised, LedLamp? SiteAlarm) Lamps(ConfigSection lamps)
    {
        var root = lamps.OptionalPath("root") ?? "/sys";
        var both = (Lamp(lamps, "notSupervised", root), Lamp(lamps, "siteAlarm", root));
        lamps.RejectUnknownKeys();
        return both;
    }

    private static LedLamp? Lamp(ConfigSection lamps, string key, string root)
    {
        var label = lamps.OptionalText(key);
        if (label is not null && (label.Contains('/', StringComparison.Ordinal) || label is "." or ".."))
        {
            lamps.Error(key, $"'{label}' is not the name of a lamp", "give the name of its folder in /sys/class/leds");
        }

        return label is null ? null : new LedLamp(label, root);
    }

    private List<SourceFactory> Probes(IReadOnlyList<ConfigSection> sections, DeviceId device)
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

            if (kind.Configure(section, probe) is { } source)
            {
                sources.Add(source);
            }

            section.RejectUnknownKeys();
        }

        return sources;
    }

    private static ProbeId Probe(ConfigSection section, DeviceId device)
    {
        var id = section.Text("id", "write 'id:' and the probe's name within the device");
        if (id.Length > 0 && !ProbeId.TryParse($"x/{id}", out _))
        {
            section.Error("id", $"'{id}' is not a probe name", "use 1 to 64 letters, digits, '-', '_' or '.', the first a letter or digit");
        }

        return new ProbeId(device, id);
    }
}
