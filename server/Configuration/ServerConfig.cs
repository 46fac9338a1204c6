using System.Collections;
using System.Net;
using ColdChain.Hosting.Certificates;
using ColdChain.Hosting.Clocks;
using ColdChain.Hosting.Configuration;
using ColdChain.Hosting.Connections;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Server.Api;
using ColdChain.Server.Projections;

namespace ColdChain.Server.Configuration;

/// <summary>
/// Reads the server's configuration: <c>server.yaml</c>, over it the environment, over that the command line. What is wrong is left in the
/// file's errors, and the options are then as good as they can be, so that the rest of them can be checked as well.
/// </summary>
internal static class ServerConfig
{
    private const string VariablePrefix = "COLDCHAIN_";

    // The agent's variables: both programs may run on one machine.
    private const string EdgePrefix = "COLDCHAIN_EDGE_";

    private const int KeepDaysMax = 36_500;
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    /// <summary>What the environment says.</summary>
    public static Overrides FromEnvironment(IDictionary variables) => Overrides.FromEnvironment(variables, VariablePrefix, EdgePrefix);

    public static ServerOptions Read(ConfigFile file)
    {
        var root = file.Root;
        var options = new ServerOptions { DataFolder = root.PathOr("data", "data"), FleetFile = root.PathOr("fleet", "fleet.yaml") };
        options = options with { RulesFolder = root.OptionalPath("rules") ?? options.RulesFolder };
        options = options with { Outbound = OutboundConfig.Read(root.SectionOrEmpty("outbound")), Beacon = OutboundConfig.Beacon(root.OptionalSection("beacon")) };
        options = options with { HoldWebhook = OutboundConfig.HoldWebhook(root.OptionalSection("holdWebhook")) };
        options = options with { AnchorFile = Anchors(root.SectionOrEmpty("audit")) };
        options = WithHttp(options, root.SectionOrEmpty("http"));
        options = WithPeople(options, root.SectionOrEmpty("people"));
        if (root.OptionalSection("broker") is { } broker)
        {
            // The server's own endpoint is what a small site uses, so it is there unless a broker is.
            options = options with { Broker = Connection.Read(broker, PlainPort, TlsPort), Mqtt = null };
        }

        if (root.OptionalSection("mqtt") is { } mqtt)
        {
            options = WithMqtt(options, mqtt);
        }

        options = options with { ClockAuthority = ClockTrust.Read(root.SectionOrEmpty("clock")) };
        options = options with { Alerts = AlertConfig.Read(root.SectionOrEmpty("alerts")) };
        options = options with { Reports = ReportConfig.Read(root.SectionOrEmpty("reports")) };
        options = options with { Influx = Influx(root.OptionalSection("influx")) };
        file.RejectUnknownKeys();
        return options;
    }

    private static string? Anchors(ConfigSection audit)
    {
        var path = audit.OptionalPath("anchors");
        audit.RejectUnknownKeys();
        return path;
    }

    /// <summary>The InfluxDB that a section describes; null when there is no section.</summary>
    public static InfluxOptions? Influx(ConfigSection? influx)
    {
        if (influx is null)
        {
            return null;
        }

        var options = new InfluxOptions
        {
            Address = Address(influx),
            User = influx.OptionalText("user"),
            PasswordFile = influx.OptionalPath("passwordFile"),
            TokenFile = influx.OptionalPath("tokenFile"),
            Organisation = influx.OptionalText("organisation"),
            TrustedNetwork = influx.Flag("trustedNetwork", fallback: false),
        };
        options = options with { Database = influx.OptionalText("database") ?? options.Database };
        influx.RejectUnknownKeys();
        return options;
    }

    private static Uri Address(ConfigSection influx)
    {
        var text = influx.Text("address", "write 'address:' and where InfluxDB's HTTP API is, such as http://127.0.0.1:8086");
        if (Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            return address;
        }

        if (text.Length > 0)
        {
            influx.Error("address", $"'address: {text}' is not an address", "write it as http://127.0.0.1:8086");
        }

        return new Uri("http://127.0.0.1:8086"); // Harmless: there is an error.
    }

    private static ServerOptions WithHttp(ServerOptions options, ConfigSection http)
    {
        var read = options with
        {
            Http = http.Address("listen", options.Http),
            IsTrustedNetwork = http.Flag("trustedNetwork", fallback: false),
            AllowedHosts = http.OptionalTexts("allowedHosts") ?? options.AllowedHosts,
            RequestsPerMinute = http.Whole("requestsPerMinute", options.RequestsPerMinute, RateLimits.Least, RateLimits.Most),
        };
        http.RejectUnknownKeys();
        return read;
    }

    private static ServerOptions WithPeople(ServerOptions options, ConfigSection people)
    {
        var days = people.Whole("keepDays", (int)options.StaffDataKept.TotalDays, min: 1, KeepDaysMax);
        people.RejectUnknownKeys();
        return options with { StaffDataKept = TimeSpan.FromDays(days) };
    }

    private static ServerOptions WithMqtt(ServerOptions options, ConfigSection mqtt)
    {
        var read = options with { Mqtt = mqtt.Address("listen", new IPEndPoint(IPAddress.Loopback, PlainPort)), MqttTls = Tls(mqtt) };
        mqtt.RejectUnknownKeys();
        return read;
    }

    private static MqttListenerTls? Tls(ConfigSection mqtt)
    {
        var certificate = PemFiles.Own(mqtt, "certificateFile", "keyFile");
        var clientRoots = PemFiles.Roots(mqtt, "clientCaFile");
        var isRequired = mqtt.Flag("requireClientCertificate", fallback: false);
        if (mqtt.Has("clientCaFile") && !mqtt.Has("certificateFile"))
        {
            mqtt.Error("clientCaFile", "'clientCaFile' without 'certificateFile': clients show certificates within TLS only", "add 'certificateFile:' and 'keyFile:', or remove it");
        }

        if (isRequired && !mqtt.Has("clientCaFile"))
        {
            mqtt.Error("requireClientCertificate", "'requireClientCertificate' without 'clientCaFile': no certificate could be accepted", "add 'clientCaFile:', or remove it");
        }

        return certificate is null ? null : new MqttListenerTls { Certificate = certificate, ClientRoots = clientRoots, RequireClientCertificate = isRequired };
    }
}
