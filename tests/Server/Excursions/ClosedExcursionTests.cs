using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Fleet;
using ColdChain.Server.Ingest;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>
/// A fridge that was at 8 °C from 9:05 to 9:30: an excursion that is over at 12:00. Then the started server stops, and starts at 13:00 with another rule
/// pack or another fleet file.
/// </summary>
public sealed class ClosedExcursionTests : IAsyncLifetime
{
    private const string Period = "{ from: 2026-11-22T06:00:00Z, rules: eu-edqm, product: RBC, context: storage, probes: [{ id: pi-001/load, role: load }] }";

    private const string Fleet = $$"""
        sites: [{ id: rabat, name: Rabat, zone: Africa/Casablanca }]
        devices: [{ id: pi-001, site: rabat }]
        storage-units:
          - id: fridge-1
            name: Fridge 1
            site: rabat
            kind: refrigerator
            history:
              - {{Period}}
        contents:
          - { unit: fridge-1, donation: W0000 26 123456 *, product: RBC, in: 2026-11-22T06:30:00Z }
        """;

    private static readonly StorageUnitId Fridge = new("fridge-1");

    private readonly TempFolder _folder = new();
    private readonly FixedClock _clock = new(Scene.At("06:00"));
    private long _lastSeq;
    private ServerApp? _app;

    private ServerApp App => _app!; // Started before each test.

    private string Rules => _folder.File("rules");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Rules);
        foreach (var file in Directory.GetFiles(RulePackFolder.Default, "*.json"))
        {
            File.Copy(file, Path.Combine(Rules, Path.GetFileName(file)));
        }

        await StartAsync("06:00", Fleet);
        await SendAsync("06:00", "09:00", 4);
        await SendAsync("09:05", "09:30", 8);
        await SendAsync("09:35", "12:00", 4);
        await JudgeAsync("12:00");
        Findings().Should().ContainSingle().Which.Finding.Stretch.SettledAt.Should().NotBeNull();
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(5, "2026-11-26T00:00:00Z")]
    [InlineData(9, "2026-11-26T00:00:00Z")]
    [InlineData(5, "2026-11-01T00:00:00Z")]
    [InlineData(9, "2026-11-01T00:00:00Z")]
    public async Task RulePack_ReplacedByAStricterOrLaxerOne_LeavesItAsItIs_AndCountsFromNowOn(int high, string effectiveFrom)
    {
        var before = Rows();

        WritePack(high, effectiveFrom);
        await StartAsync("13:00", Fleet);
        await JudgeAsync("13:00");
        Rows().Should().Equal(before);

        await SendAsync("12:05", "13:00", 4);
        await SendAsync("13:05", "13:30", 5.75m);
        await JudgeAsync("13:31");
        Findings().Skip(1).Select(row => row.Finding.Stretch.Rule.High!.Value.Milli).Should().Equal(high == 5 ? [5000] : []);
        Rows().Where(row => before.Contains(row)).Should().Equal(before);
    }

    [Fact]
    public async Task Readings_ThatComeLateUnderAnotherPack_AreJudgedByThePackOfTheirTime()
    {
        var first = Findings().Single().Finding;
        WritePack(high: 9, "2026-11-01T00:00:00Z");
        await StartAsync("13:00", Fleet);

        await App.Store.WriteAsync(WritePriority.Reading, transaction => Store(transaction, [Reading(Scene.At("09:17"), 8.5m)]), CancellationToken.None);
        await JudgeAsync("13:01");

        var second = Findings().Should().ContainSingle().Subject;
        second.Finding.Should().BeEquivalentTo(new { first.Id, Version = first.Version + 1 });
        second.Finding.Stretch.PeakMilli.Should().Be(8500);
        second.Finding.Stretch.Rule.Should().Be(first.Stretch.Rule);
        second.Reason.Should().BeNull("readings came, and nothing else");
    }

    [Theory]
    [InlineData("-0.5", 7500, FindingWords.Current)]
    [InlineData("-2", 8000, FindingWords.Retracted)]
    public async Task Calibration_CorrectedFromAnInstantInThePast_MakesAVersionWithTheReason(string offset, int peakMilli, string status)
    {
        var first = Findings().Single();
        var before = Rows().FindAll(row => row.StartsWith("finding_versions", StringComparison.Ordinal));

        await StartAsync("13:00", Fleet.Replace(Period, $"""
            {Period.Replace("{ from: 2026-11-22T06:00:00Z,", "{ from: 2026-11-22T06:00:00Z, to: 2026-11-22T08:00:00Z,", StringComparison.Ordinal)}
                  - {Period.Replace("from: 2026-11-22T06:00:00Z", "from: 2026-11-22T08:00:00Z", StringComparison.Ordinal).Replace("role: load", $"role: load, calibration-offset: {offset}", StringComparison.Ordinal)}
            """, StringComparison.Ordinal));
        await JudgeAsync("13:00");

        var versions = App.Store.Read(session => FindingStore.Versions(session, first.Finding.Id));
        versions[^1].Should().BeEquivalentTo(new { Status = status, Finding = new { Version = first.Finding.Version + 1, Stretch = new { PeakMilli = peakMilli } } });
        versions[^1].Reason.Should().StartWith("The fleet file of 2026-11-22T13:00:00.000Z says otherwise from 2026-11-22T08:00:00.000Z on.");
        Rows().Where(row => before.Contains(row)).Should().Equal(before, "nothing that was stored is rewritten");
        App.Store.Read(session => EventLog.Read(session, 0, 1000))[^1].At.Should().Be(Scene.At("13:00"));
        Holds().Should().OnlyContain(hold => hold.State == (status == FindingWords.Current ? HoldWords.Held : HoldWords.GroundRemoved)).And.HaveCount(2);
    }

    private List<FindingRow> Findings() => App.Store.Read(session => FindingStore.Current(session, Fridge));

    private List<HoldRow> Holds() => App.Store.Read(session => HoldStore.OfUnit(session, Fridge));

    /// <summary>Every row about findings and holds, byte for byte.</summary>
    private List<string> Rows() => App.Store.Read(session => ((string[])["findings", "finding_versions", "holds", "exposures", "exposure_versions"])
        .SelectMany(table => session.Query($"SELECT * FROM {table} ORDER BY 1, 2", row => $"{table}|{string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue))}"))
        .ToList());

    private async Task StartAsync(string time, string fleet)
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _clock.Now = Scene.At(time);
        await File.WriteAllTextAsync(_folder.File("fleet.yaml"), fleet);
        var free = new IPEndPoint(IPAddress.Loopback, 0);
        var options = new ServerOptions { DataFolder = _folder.File("data"), FleetFile = _folder.File("fleet.yaml"), RulesFolder = Rules, Http = free, Mqtt = free };
        _app = await ServerApp.StartAsync(options, _clock, _ => { }, CancellationToken.None);
    }

    private Task SendAsync(string from, string to, decimal celsius) => App.Store.WriteAsync(
        WritePriority.Reading,
        transaction =>
        {
            var readings = new List<Reading>();
            for (var at = Scene.At(from); at <= Scene.At(to); at += TimeSpan.FromMinutes(5))
            {
                readings.Add(Reading(at, celsius));
            }

            Store(transaction, readings);
        },
        CancellationToken.None);

    private Reading Reading(Instant at, decimal celsius)
    {
        var probe = new ProbeId(new DeviceId("pi-001"), "load");
        return new Reading { Key = new ReadingKey(probe.Device, "0123456789abcdef0123456789abcdef", ++_lastSeq), Probe = probe, MeasuredAt = at, Value = Celsius.FromMilli((int)(celsius * 1000)) };
    }

    private void Store(StoreTransaction transaction, IReadOnlyList<Reading> readings)
    {
        var pack = new Pack(readings[0].Key.Device, readings[0].Key.Epoch, readings);
        var bytes = PackCodec.Encode(pack);
        var message = new Inbound(pack.Device, UpKind.Live, bytes, Instant.Max(_clock.Now, readings[^1].MeasuredAt!.Value));
        new PackIntake(new FleetView { Current = App.Fleet }).Store(transaction, new Arrival(message, pack, [], SHA256.HashData(bytes)));
    }

    private async Task JudgeAsync(string time)
    {
        _clock.Now = Scene.At(time);
        await App.Evaluator.EvaluateDueAsync(CancellationToken.None);
        await App.Exposures.JudgeDueAsync(CancellationToken.None);
        App.Store.Read(session => MarkStore.Pending(session, Fridge)).Should().BeNull();
    }

    private void WritePack(int high, string effectiveFrom)
    {
        var path = Path.Combine(Rules, "eu-edqm.json");
        var pack = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        pack["version"] = "2027.1";
        pack["effectiveFrom"] = effectiveFrom;
        var row = pack["products"]!.AsArray().First(product => (string?)product!["product"] == "RBC" && (string?)product["context"] == "storage")!;
        row["limits"]!["high"]!["value"] = high;
        row["warning"]!["high"]!["value"] = high - 0.5;
        File.WriteAllText(path, pack.ToJsonString());
    }
}
