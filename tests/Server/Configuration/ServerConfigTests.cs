using System.Collections;
using System.Net;
using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Hosting.Configuration;
using ColdChain.Server.Alerts;
using ColdChain.Server.Configuration;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Configuration;

public sealed class ServerConfigTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void WholeFile_IsRead_WithPathsFromItsFolder()
    {
        File.WriteAllText(_folder.File("password"), "s3cret");

        var (options, errors) = Read("""
            data: d
            fleet: f.yaml
            rules: r
            http: {listen: "0.0.0.0:0", trustedNetwork: true, allowedHosts: [coldchain.example]}
            broker: {host: b, tls: false, user: coldchain-server, passwordFile: password}
            influx: {address: "http://influxdb:8086", database: blood, user: writer, passwordFile: password, trustedNetwork: true}
            """);

        errors.Should().BeEmpty();
        (options.DataFolder, options.FleetFile, options.RulesFolder).Should().Be((_folder.File("d"), _folder.File("f.yaml"), _folder.File("r")));
        (options.Http, options.IsTrustedNetwork).Should().Be((new IPEndPoint(IPAddress.Any, 0), true));
        options.AllowedHosts.Should().Equal("coldchain.example");
        options.Mqtt.Should().BeNull("there is a broker, and no word of an endpoint");
        options.Broker.Should().BeEquivalentTo(new { Host = "b", Port = 1883, User = "coldchain-server", Password = "s3cret" });
        options.Influx.Should().BeEquivalentTo(new { Address = new Uri("http://influxdb:8086"), Database = "blood", User = "writer", PasswordFile = _folder.File("password") });
        options.Errors().Should().BeEmpty();
    }

    [Fact]
    public void NothingSaid_IsASmallSiteOnLoopback()
    {
        var (options, errors) = Read("{}");

        errors.Should().BeEmpty();
        options.Should().BeEquivalentTo(new ServerOptions { DataFolder = _folder.File("data"), FleetFile = _folder.File("fleet.yaml") });
    }

    [Fact]
    public void Environment_WinsOverTheFile_AndTheAgentsVariablesAreNotTheServers()
    {
        var (options, errors) = Read(
            "http: {listen: '127.0.0.1:1'}",
            ("COLDCHAIN_HTTP__LISTEN", "127.0.0.1:2"), ("COLDCHAIN_DATA", "/elsewhere"), ("COLDCHAIN_EDGE_BROKER__HOST", "h"));

        errors.Should().BeEmpty();
        (options.Http.Port, options.DataFolder).Should().Be((2, "/elsewhere"));
    }

    [Theory]
    [InlineData("dat: d", "'dat' is not a key that is known here; use ")]
    [InlineData("data: [a]", "'data' is not a text")]
    [InlineData("http: {listen: '8080'}", "'listen: 8080' is not an address with a port")]
    [InlineData("http: {lisen: '127.0.0.1:1'}", "'lisen' is not a key")]
    [InlineData("http: {trustedNetwork: yes}", "'trustedNetwork: yes' is neither true nor false")]
    [InlineData("http: 8080", "'http' has no keys of its own")]
    [InlineData("mqtt: {listen: here}", "'listen: here' is not an address")]
    [InlineData("mqtt: {certificateFile: password}", "'certificateFile' without 'keyFile'")]
    [InlineData("mqtt: {clientCaFile: password}", "'clientCaFile' without 'certificateFile'")]
    [InlineData("mqtt: {requireClientCertificate: true}", "'requireClientCertificate' without 'clientCaFile'")]
    [InlineData("broker: {port: 1}", "'host' is missing")]
    [InlineData("broker: {host: b, passwordFile: nowhere, user: u}", "there is no file")]
    [InlineData("people: {keepDays: 0}", "'keepDays: 0'")]
    [InlineData("alerts: {smtp: {from: a@b}}", "'host' is missing")]
    [InlineData("alerts: {smtp: {host: h, from: nobody}}", "'from' is no address of a mailbox")]
    [InlineData("alerts: {sms: {address: here}}", "'address' is no address of the web")]
    [InlineData("alerts: {sms: {address: 'https://h', body: '{}'}}", "'body' does not say where number and text go")]
    [InlineData("alerts: {webhook: {address: 'https://h'}}", "'keyFile' is missing")]
    [InlineData("alerts: {webhook: {address: 'https://h', keyFile: password}}", "the file holds no key")]
    [InlineData("alerts: {acknowledgedMinutes: 0}", "'acknowledgedMinutes: 0'")]
    [InlineData("alerts: {canary: {site: s, unit: 'a b'}}", "'a b' is no id of a storage unit")]
    [InlineData("alerts: {canary: {unit: u}}", "'site' is missing")]
    [InlineData("alerts: {ladders: [{severity: loud, steps: [{who: [first], by: [sms]}]}]}", "'severity: loud' is not known")]
    [InlineData("alerts: {ladders: [{severity: critical, steps: [{who: [me], by: [sms]}]}]}", "'who' is not a list of what is known here")]
    [InlineData("alerts: {ladders: [{severity: critical, hours: night, steps: [{who: [first], by: [sms]}]}]}", "'hours' is no part of a day")]
    [InlineData("alerts: {ladders: [{severity: critical, steps: [{afterMinutes: 9, who: [first], by: [sms]}, {afterMinutes: 1, who: [first], by: [sms]}]}]}", "not in the order of 'afterMinutes'")]
    [InlineData("reports: {prepareDays: 0}", "'prepareDays: 0'")]
    [InlineData("reports: {approveDays: soon}", "'approveDays: soon'")]
    [InlineData("reports: {dueDays: 3}", "'dueDays' is not a key")]
    [InlineData("influx: {database: d}", "'address' is missing")]
    [InlineData("influx: {address: here}", "'address: here' is not an address")]
    [InlineData("holdWebhook: {address: 'https://h/'}", "'keyFile' is missing: what nobody signed")]
    [InlineData("holdWebhook: {keyFile: password}", "'address' is missing")]
    [InlineData("holdWebhook: {address: 'https://h/', keyFile: password}", "the file holds no key")]
    public void WrongKey_IsAnErrorOfItsLine(string yaml, string error)
    {
        File.WriteAllText(_folder.File("password"), "x");

        Read(yaml).Errors.Should().Contain(text => text.Contains("server.yaml, line 1: ") && text.Contains(error));
    }

    [Fact]
    public void WrongAddress_IsNoReasonToTakeTheOtherKeysForUnknown() =>
        Read("influx: {address: here, database: d, user: u, organisation: o}").Errors.Should().ContainSingle();

    [Theory]
    [InlineData("http: {listen: '0.0.0.0:80'}", "http.listen: *passwords and tokens would go to*in clear text*trustedNetwork: true*")]
    [InlineData("http: {allowedHosts: ['*']}", "http.allowedHosts: *Name each host*")]
    [InlineData("mqtt: {listen: '0.0.0.0:1883'}", "mqtt.listen: *clear text*certificateFile*")]
    [InlineData("mqtt: {listen: '127.0.0.1:0'}\nbroker: {host: b}", "mqtt and broker are both given*Remove one*")]
    [InlineData("data: server.yaml", "data: *is a file. Name a folder.")]
    [InlineData("influx: {address: 'ftp://h'}", "*is no address of an InfluxDB*")]
    [InlineData("alerts: {smtp: {host: h, from: a@b.example}}", "alerts.address: *Give the address*")]
    [InlineData("alerts: {address: 'https://h', sms: {address: 'http://10.0.0.1/send'}}", "alerts.sms.address: *clear text*name 10.0.0.1 in outbound.onPremises*")]
    [InlineData("alerts: {address: 'https://h', voice: {address: 'https://user@h/'}}", "alerts.voice.address: *without user*")]
    [InlineData("alerts: {canary: {site: s, unit: u}}", "alerts.canary: its alarm would be told as all others are*Write a ladder before the others*site: s*")]
    [InlineData("alerts: {canary: {site: s, unit: u}, ladders: [{site: s, severity: warning, steps: [{by: [webhook]}]}]}", "alerts.canary: *that is there for that*")]
    [InlineData("alerts: {ladders: [{site: s, severity: warning, steps: [{by: [webhook]}]}]}", "alerts.ladders: a step says nothing of whom it is for*")]
    public void Contradiction_IsAnErrorWithItsCure(string yaml, string error)
    {
        var (options, errors) = Read(yaml);

        errors.Should().BeEmpty("each key by itself is sound");
        options.Errors().Should().ContainSingle().Which.Should().Match(error);
    }

    [Fact]
    public void StartChecks_TellErrorsOfOptionsPacksAndFleetTogether()
    {
        Directory.CreateDirectory(_folder.File("rules"));
        File.WriteAllText(_folder.File("rules/bad.json"), "{}");
        File.WriteAllText(_folder.File("fleet.yaml"), "sites: [{id: a, name: A, zone: Nowhere}]\nplanets: []\n");
        var (options, _) = Read("rules: rules\nmqtt: {listen: '0.0.0.0:1883'}");

        var errors = StartChecks.Errors(options);

        errors.Should().Contain(text => text.Contains("mqtt.listen"));
        errors.Should().Contain(text => text.StartsWith("bad.json", StringComparison.Ordinal));
        errors.Should().Contain(text => text.Contains("fleet.yaml, line 1") && text.Contains("Nowhere"));
        errors.Should().Contain(text => text.Contains("fleet.yaml, line 2") && text.Contains("planets"));
    }

    [Fact]
    public void StartChecks_WithoutSoundRules_SayNothingOfWhatTheFleetSaysOfThem()
    {
        File.WriteAllText(_folder.File("fleet.yaml"), Api.SceneFleet.Text);
        var (options, _) = Read("rules: nowhere");

        StartChecks.Errors(options).Should().ContainSingle().Which.Should().Contain("There is no rule pack in");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Alerts_AreRead_WithLaddersOfASiteAndANight()
    {
        File.WriteAllText(_folder.File("key"), $"whsec_{Convert.ToBase64String(new byte[24])}\n");

        var (options, errors) = Read("""
            alerts:
              address: https://coldchain.example
              acknowledgedMinutes: 30
              smtp: {host: mail.example, from: coldchain@hospital.example}
              sms: {address: "https://sms.example/send", authorizationFile: key}
              webhook: {address: "https://other.example", keyFile: key}
              ladders:
                - {site: rabat, severity: critical, hours: "20:00-07:00", repeatMinutes: 10, steps: [{who: [first, second], by: [sms, voice]}]}
            """);

        errors.Should().BeEmpty();
        var alerts = options.Alerts;
        (alerts.AcknowledgedFor, alerts.Smtp!.Port, alerts.Smtp.Tls, alerts.Voice).Should().Be((TimeSpan.FromMinutes(30), 25, true, null));
        alerts.ToString().Should().NotContain("whsec");
        IncidentState At(int hour) => IncidentState.Open(Severity.Critical, wakes: true, Instant.From(new DateTimeOffset(2026, 11, 22, hour, 0, 0, TimeSpan.Zero)));
        alerts.LadderOf("rabat", TimeZoneInfo.Utc, At(23)).RepeatEvery.Should().Be(TimeSpan.FromMinutes(10));
        alerts.LadderOf("rabat", TimeZoneInfo.Utc, At(6)).Steps.Should().ContainSingle();
        alerts.LadderOf("rabat", TimeZoneInfo.Utc, At(7)).Should().Be(Ladder.Critical);
        alerts.LadderOf("fes", TimeZoneInfo.Utc, At(23)).Should().Be(Ladder.Critical);
    }

    [Fact]
    public void Reports_AreRead_WithTheirDaysAndTheBrowser()
    {
        var (options, errors) = Read("reports: {prepareDays: 1, reviewDays: 2, approveDays: 30, chromium: bin/chromium, chromiumSandbox: false}");

        errors.Should().BeEmpty();
        options.Reports.Due.Should().Be(new ReportDue(TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(30)));
        (options.Reports.Chromium, options.Reports.ChromiumSandbox).Should().Be((_folder.File("bin/chromium"), false));
    }

    [Fact]
    public void Canary_WithALadderOfItsOwn_IsRead()
    {
        File.WriteAllText(_folder.File("key"), $"whsec_{Convert.ToBase64String(new byte[24])}\n");

        var (options, errors) = Read("""
            alerts:
              webhook: {address: "https://sink.example", keyFile: key}
              canary: {site: canary, unit: canary-1, everyMinutes: 30}
              ladders:
                - {site: canary, severity: warning, steps: [{by: [webhook]}]}
            """);

        errors.Should().BeEmpty();
        options.Alerts.Canary.Should().Be(new CanaryOptions("canary", new StorageUnitId("canary-1"), TimeSpan.FromMinutes(30)));
        options.Alerts.Ladders.Should().ContainSingle().Which.Ladder.Steps.Should().ContainSingle().Which.Who.Should().BeEmpty();
    }

    [Theory]
    [InlineData("[{severity: warning, steps: [{who: [first], by: [sms]}]}, {site: s, severity: warning, steps: [{by: [webhook]}]}]", "alerts.canary: *before the others*")]
    [InlineData("[{site: s, severity: warning, hours: '20:00-07:00', steps: [{who: [first], by: [webhook]}]}]", "alerts.canary: *all hours*")]
    [InlineData("[{site: s, severity: warning, steps: [{by: [annunciator]}]}]", "alerts.canary: *a mailbox, a telephone or a webhook*")]
    [InlineData("[{site: s, severity: warning, steps: [{by: [webhook]}]}, {site: s, severity: critical, steps: [{by: [webhook]}]}]", "alerts.ladders: a step says nothing of whom it is for*")]
    public void Ladder_ThatIsNoneForACanary_IsAnErrorWithItsCure(string ladders, string error)
    {
        File.WriteAllText(_folder.File("key"), $"whsec_{Convert.ToBase64String(new byte[24])}\n");

        var (options, errors) = Read($"alerts: {{webhook: {{address: 'https://h', keyFile: key}}, canary: {{site: s, unit: u}}, ladders: {ladders}}}");

        errors.Should().BeEmpty("each key by itself is sound");
        options.Errors().Should().ContainSingle().Which.Should().Match(error);
    }

    private (ServerOptions Options, IReadOnlyList<string> Errors) Read(string yaml, params (string Name, string Value)[] variables)
    {
        File.WriteAllText(_folder.File("server.yaml"), yaml);
        var environment = new Hashtable(variables.ToDictionary(variable => variable.Name, variable => variable.Value));
        var file = ConfigFile.Read(_folder.File("server.yaml"), ServerConfig.FromEnvironment(environment));
        return (ServerConfig.Read(file), file.Errors.Texts);
    }
}
