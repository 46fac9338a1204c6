using System.Net;
using ColdChain.Hosting.Clocks;
using ColdChain.Hosting.Connections;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Server.Alerts;
using ColdChain.Server.HoldNotices;
using ColdChain.Server.Outbound;
using ColdChain.Server.Projections;
using ColdChain.Server.Reports;

namespace ColdChain.Server;

/// <summary>Where a server keeps its data, where it listens, and what it connects to.</summary>
internal sealed record ServerOptions
{
    /// <summary>The folder of everything that it stores; made when it does not exist.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The fleet file.</summary>
    public required string FleetFile { get; init; }

    /// <summary>The folder of the rule packs.</summary>
    public string RulesFolder { get; init; } = Fleet.RulePackFolder.Default;

    /// <summary>The file that the audit trail is anchored in; null for <c>audit-anchors.jsonl</c> in the data folder.</summary>
    public string? AnchorFile { get; init; }

    /// <summary>Where pages and API are served. Port 0 takes a free one.</summary>
    public IPEndPoint Http { get; init; } = new(IPAddress.Loopback, 8080);

    /// <summary>
    /// True when the operator answers for the way to the pages, on which passwords go in clear text: a container behind a proxy with TLS makes it so.
    /// </summary>
    public bool IsTrustedNetwork { get; init; }

    /// <summary>The names that a request may be for, so that no page elsewhere can make a browser read these under a name of its own.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>How many requests one person, token or unknown address may make in a minute.</summary>
    public int RequestsPerMinute { get; init; } = Api.RateLimits.Usual;

    /// <summary>For how long after an account was disabled what identifies its person is kept; above zero.</summary>
    public TimeSpan StaffDataKept { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Where devices connect with MQTT; null when they connect to a broker. Port 0 takes a free one.</summary>
    public IPEndPoint? Mqtt { get; init; } = new(IPAddress.Loopback, 1883);

    /// <summary>The TLS of that address; null for clear text.</summary>
    public MqttListenerTls? MqttTls { get; init; }

    /// <summary>The broker that devices connect to, and the server as well; null when they connect to the server itself.</summary>
    public Connection? Broker { get; init; }

    /// <summary>Who says whether this machine's wall clock is right; whatever it shows is believed unless given.</summary>
    public IClockAuthority ClockAuthority { get; init; } = new AssumedClock();

    /// <summary>Where signs of life go; null for nowhere.</summary>
    public BeaconOptions? Beacon { get; init; }

    /// <summary>Where messages may be sent to.</summary>
    public OutboundOptions Outbound { get; init; } = OutboundOptions.PublicOnly;

    /// <summary>Where notices of holds are sent; null when they are only fetched.</summary>
    public HoldWebhookOptions? HoldWebhook { get; init; }

    /// <summary>Whom alerts reach, and by which way.</summary>
    public AlertOptions Alerts { get; init; } = new();

    /// <summary>By when reports are due, and what writes their PDF.</summary>
    public ReportOptions Reports { get; init; } = new();

    /// <summary>The InfluxDB that readings are projected to; null for none.</summary>
    public InfluxOptions? Influx { get; init; }

    /// <summary>
    /// The longest time for the whole stop: above the sum of what its parts may take (services 10 s, storing what was received 5 s, devices
    /// 5 s), below what the service's unit allows (45 s).
    /// </summary>
    public TimeSpan StopAtMost { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>True when only this machine can reach the pages.</summary>
    public bool IsHttpLocal => IPAddress.IsLoopback(Http.Address);

    /// <summary>Every contradiction of the options, each with its cure; empty when there is none.</summary>
    public IReadOnlyList<string> Errors() =>
    [
        .. Unless(!File.Exists(DataFolder), $"data: {DataFolder} is a file. Name a folder."),
        .. Unless(
            IsHttpLocal || IsTrustedNetwork,
            $"http.listen: passwords and tokens would go to {Http} in clear text. Listen on 127.0.0.1 and put a proxy with TLS in front, or answer for the network with 'trustedNetwork: true'."),
        .. Unless(
            AllowedHosts.Count > 0 && !AllowedHosts.Any(host => host.Contains('*', StringComparison.Ordinal)),
            $"http.allowedHosts: with '{string.Join(", ", AllowedHosts)}' any site could have a visitor's browser read the pages. Name each host under which they are asked for."),
        .. Unless(
            Mqtt is null || MqttTls is not null || IPAddress.IsLoopback(Mqtt.Address),
            $"mqtt.listen: {Mqtt} would take secrets in clear text. Give 'certificateFile' and 'keyFile', or listen on 127.0.0.1."),
        .. Unless(
            Mqtt is not null || Broker is not null,
            "neither mqtt nor broker is given: no device could reach the server. Give one of the two."),
        .. Unless(
            Mqtt is null || Broker is null,
            "mqtt and broker are both given: readings could come by two ways, and an acknowledgement leave by the wrong one. Remove one of the two."),
        .. Alerts.Errors(),
        .. Alerts.Refusals(Outbound).Select(refusal => $"alerts.{refusal}"),
        .. Influx?.Errors() ?? [],
        .. Beacon is { } beacon && Outbound.Refusal(beacon.Address) is { } refusal ? [$"beacon.address: {refusal}"] : Array.Empty<string>(),
        .. HoldWebhook is { } webhook && Outbound.Refusal(webhook.Address) is { } wrong ? [$"holdWebhook.address: {wrong}"] : Array.Empty<string>(),
    ];

    private static string[] Unless(bool fine, string error) => fine ? [] : [error];
}
