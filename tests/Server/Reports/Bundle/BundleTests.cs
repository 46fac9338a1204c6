using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Bundle;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Reports.Bundle;

public sealed class BundleTests
{
    [Fact]
    public async Task Bundle_AsItWasWritten_IsRight_AndSaysWhatItIs()
    {
        var verdict = Verify(await BundleBench.BundleAsync());

        verdict.Problems.Should().BeEmpty();
        verdict.Head.Should().Match<BundleHead>(head => head.Number == "EX-1" && head.Revision == 2 && head.Statement == "decision support, not validated" && head.Program.StartsWith("software:coldchain-server "));
        verdict.Signatures.Select(signature => signature.Account).Should().Equal("amina", "youssef");
        verdict.Fingerprint.Should().HaveLength(64);
    }

    [Fact]
    public async Task Bundle_HasItsFilesInOneOrder()
    {
        var names = new BundleEdit(await BundleBench.BundleAsync()).Names;

        names.Where(name => !name.StartsWith("received/", StringComparison.Ordinal)).Should().Equal(
            "bundle.json", "report.json", "signatures.json", "report.fr.html", "report.csv", "samples.csv", "rules/eu-edqm-2026.2.json", "audit.jsonl",
            "received.csv", "anchors.jsonl", "readings.csv", "manifest.json", "manifest.sig", "key.pub.pem");
        names.Where(name => name.StartsWith("received/", StringComparison.Ordinal)).Should().Equal("received/00001.packs");
    }

    [Fact]
    public async Task Bundle_OfTheSameStore_IsTheSame_ButForItsSignature()
    {
        await using var bench = await BundleBench.OpenAsync();
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        bench.Write(first);
        bench.Write(second);

        var (one, other) = (new BundleEdit(first.ToArray()), new BundleEdit(second.ToArray()));
        one.Names.Should().Equal(other.Names);
        one.Names.Where(name => !one[name].AsSpan().SequenceEqual(other[name])).Should().BeSubsetOf(["manifest.sig"]);
    }

    [Fact]
    public async Task Readings_AreWhatThePacksSay_FaultsAndAnchoredOnesIncluded()
    {
        var lines = BundleBench.Lines(new BundleEdit(await BundleBench.BundleAsync())["readings.csv"]);

        lines[0].Should().Be("probe,device,epoch,seq,measuredAt,clock,receivedAt,value,state,fault,taken,pack");
        lines.Should().ContainSingle(line => line.StartsWith("pi-001/load,pi-001,0123456789abcdef0123456789abcdef,900,"))
            .Which.Should().Be("pi-001/load,pi-001,0123456789abcdef0123456789abcdef,900,2026-11-22T11:57:00.000Z,own,2026-11-22T11:57:00.000Z,,,\"no-answer, said \"\"twice\"\"\",yes,00006");
        lines[^1].Should().Be("pi-001/load,pi-001,0123456789abcdef0123456789abcdef,901,2026-11-22T11:58:00.000Z,anchor,2026-11-22T11:59:00.000Z,8.9,,,yes,00007");
        lines.Should().Contain(line => line.Contains(",2026-11-22T09:05:00.000Z,own,2026-11-22T09:05:00.000Z,9,,,yes,"));
        lines.Should().NotContain(line => line.StartsWith("pi-002/"), "that device is of another fridge");
    }

    [Fact]
    public async Task Samples_CarryMeasuredAndCalibrated()
    {
        BundleBench.Lines(new BundleEdit(await BundleBench.BundleAsync())["samples.csv"]).Should().Equal(
            "probe,role,at,measured,calibrated,counts",
            "pi-001/load,load,2026-11-22T09:05:00.000Z,9,8.875,good",
            "pi-001/load,load,2026-11-22T11:57:00.000Z,,,fault");
    }

    [Fact]
    public async Task Packs_AreByteByByteAsReceived()
    {
        await using var bench = await BundleBench.OpenAsync();
        using var output = new MemoryStream();
        bench.Write(output);
        var bundle = new BundleEdit(output.ToArray());

        var stored = bench.Scene.Read(session => PackStore.After(session, 0).Select(pack => Convert.ToHexString(pack.Bytes.Span)).ToHashSet());
        byte[][] packs = [.. Enumerable.Range(1, 7).Select(bundle.Pack)];
        packs.Should().OnlyContain(pack => stored.Contains(Convert.ToHexString(pack)));
        bundle["received/00001.packs"].Should().Equal(packs.SelectMany(pack => pack), "nothing is between them");
        BundleBench.Lines(bundle["received.csv"])[0].Should().Be("pack,device,epoch,firstSeq,lastSeq,taken,receivedAt,lane,file,offset,length,sha256");
        BundleBench.Lines(bundle["received.csv"])[^1].Should().EndWith($",{packs[^1].Length},{Convert.ToHexStringLower(SHA256.HashData(packs[^1]))}");
    }

    [Fact]
    public async Task Packs_OfOneDeviceAndDay_StandInOneFile()
    {
        await using var bench = await BundleBench.OpenAsync();
        await bench.DeliverAsync(new ProbeId(new DeviceId("pi-001"), "load"), Scene.At("09:00") - TimeSpan.FromDays(1), 1, TimeSpan.Zero);
        using var output = new MemoryStream();

        bench.Write(output, bench.Source(content => OfSite(content) with { From = content.From - TimeSpan.FromDays(1) }));

        var lines = BundleBench.Lines(new BundleEdit(output.ToArray())["received.csv"]).Skip(1).Select(line => line.Split(',')).ToList();
        lines.Select(cells => (cells[1], cells[8])).Distinct().Should().Equal(
            ("pi-001", "received/00001.packs"), ("pi-001", "received/00002.packs"), ("pi-002", "received/00003.packs"));
        Verify(output.ToArray()).Problems.Should().BeEmpty();
    }

    /// <summary>An edge sends about one pack for each reading: the month of an ordinary fridge has more of them than a container can have files.</summary>
    [Fact]
    public async Task Packs_MoreThanAContainerHasFiles_AreAllThere()
    {
        await using var bench = await BundleBench.OpenAsync();
        const int count = StoredZip.FilesMax + 1;
        await bench.DeliverAsync(new ProbeId(new DeviceId("pi-001"), "other"), Scene.At("09:00"), count, TimeSpan.FromMilliseconds(100));
        using var output = new MemoryStream();

        bench.Write(output);

        Verify(output.ToArray()).Problems.Should().BeEmpty();
        BundleBench.Lines(new BundleEdit(output.ToArray())["readings.csv"]).Count(line => line.StartsWith("pi-001/other,", StringComparison.Ordinal)).Should().Be(count);
    }

    [Fact]
    public async Task Audit_CarriesAllThatIsHashed_FromTheFirstEventOn()
    {
        var bundle = new BundleEdit(await BundleBench.BundleAsync());
        var events = BundleBench.Lines(bundle["audit.jsonl"]).Select(line => JsonNode.Parse(line)!).ToList();

        events.Count.Should().BeGreaterThan(3);
        ((long)events[0]["id"]!).Should().Be(1);
        events.Should().OnlyContain(entry => ((string)entry["hash"]!).Length == 64 && ((string)entry["before"]!).Length == 64);
    }

    [Fact]
    public async Task Overlay_IsThereWithItsBase_AndBothOfOneName()
    {
        await using var bench = await BundleBench.OpenAsync();
        using var folder = new TempFolder();
        var overlays = await OverlaysAsync(bench, folder.File(""));
        using var output = new MemoryStream();

        bench.Write(output, bench.Source(content => content with { Excursion = content.Excursion! with { Rules = [bench.RuleOf("eu-edqm"), .. overlays] } }));

        var bundle = new BundleEdit(output.ToArray());
        Verify(output.ToArray()).Problems.Should().BeEmpty();
        string[] names = ["rules/eu-edqm-2026.2.json", .. overlays.Select(rule => $"rules/house-1-{rule.Hash[..8]}.json")];
        bundle.Names.Where(name => name.StartsWith("rules/", StringComparison.Ordinal)).Should().Equal(names);
        RulePackReader.TryRead(bundle[names[1]], out var pack, out var errors).Should().BeTrue(string.Join(' ', errors));
        pack.Base!.Id.Should().Be("eu-edqm");
    }

    [Fact]
    public async Task RulePack_ThatIsNotStored_IsToldByNameAndCure()
    {
        await using var bench = await BundleBench.OpenAsync();
        var other = bench.RuleOf("eu-edqm") with { Version = "1999.1", Hash = new string('a', 64) };

        var writing = () => bench.Write(Stream.Null, bench.Source(content => content with { Excursion = content.Excursion! with { Rules = [other] } }));

        writing.Should().Throw<InvalidDataException>().WithMessage("*eu-edqm 1999.1*is not in the record store*backup*");
    }

    [Fact]
    public async Task Event_ThatIsNotStored_IsToldByItsNumber()
    {
        await using var bench = await BundleBench.OpenAsync();

        var writing = () => bench.Write(Stream.Null, bench.Source(content => content with { Excursion = content.Excursion! with { Audit = [content.Excursion.Audit[0] with { Id = 77_777 }] } }));

        writing.Should().Throw<InvalidDataException>().WithMessage("Event 77777*backup*");
    }

    [Fact]
    public async Task Content_ThatIsNotTheReports_IsRefused()
    {
        await using var bench = await BundleBench.OpenAsync();
        var source = bench.Source();

        var writing = () => bench.Write(Stream.Null, source with { Report = Encoding.UTF8.GetBytes("{}") });

        writing.Should().Throw<ArgumentException>().WithMessage("The content is not the one of report EX-1*");
    }

    [Theory]
    [InlineData("pi-001,load")]
    [InlineData("pi-001/load\n")]
    public async Task Sample_ThatHasNoLine_IsRefused(string probe)
    {
        await using var bench = await BundleBench.OpenAsync();

        var writing = () => bench.Write(Stream.Null, bench.Source() with { Samples = [new BundleSample(probe, "load", Scene.At("09:05"), 9000, 0, "good")] });

        writing.Should().Throw<ArgumentException>().WithMessage("The sample *");
    }

    /// <summary>As the figures of the report have it: no calibration reaches below absolute zero.</summary>
    [Fact]
    public void Sample_ThatCalibrationTakesBelowAbsoluteZero_IsCutOffThere() =>
        SampleLine.Of(new BundleSample("pi-001/load", "load", Scene.At("09:05"), -273_000, -500, "good")).Should().EndWith(",-273,-273.15,good");

    [Fact]
    public async Task Writing_ThatIsCancelled_LeavesNoDraft()
    {
        await using var bench = await BundleBench.OpenAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var writing = () => bench.Scene.Read(session =>
        {
            new BundleWriter(BundleBench.Key.SignOther, bench.Folder).Write(session, bench.Source(), Stream.Null, cancelled.Token);
            return true;
        });

        writing.Should().Throw<OperationCanceledException>();
        Directory.GetFiles(bench.DraftsPath).Should().BeEmpty();
    }

    [Fact]
    public async Task Site_HasThePacksOfEachOfItsStorageUnits()
    {
        await using var bench = await BundleBench.OpenAsync();
        using var output = new MemoryStream();

        bench.Write(output, bench.Source(OfSite));

        Verify(output.ToArray()).Problems.Should().BeEmpty();
        var lines = BundleBench.Lines(new BundleEdit(output.ToArray())["readings.csv"]);
        lines.Select(line => line.Split(',')[0]).Distinct().Should().Equal("probe", "pi-001/load", "pi-001/air", "pi-002/load");
    }

    private static ReportContent OfSite(ReportContent content)
    {
        UnitPeriodContent Unit(params string[] probes) => new()
        {
            Place = content.Place,
            Probes = [.. probes.Select(probe => content.Excursion!.Probes[0] with { Probe = probe })],
            Rules = content.Excursion!.Rules,
            Findings = [],
            DoorOpen = new CountContent(0, TimeSpan.Zero),
            MainsLost = new CountContent(0, TimeSpan.Zero),
            Excluded = [],
            Changes = [],
        };
        return content with { Excursion = null, Units = [Unit("pi-002/load"), Unit("pi-001/load", "pi-001/air")] };
    }

    // Two overlays of one id and version that differ: whoever forgets to raise the version must not lose either.
    private static async Task<List<RuleContent>> OverlaysAsync(BundleBench bench, string folder)
    {
        var rules = new List<RuleContent>();
        foreach (var status in (string[])["draft", "draft, once more"])
        {
            var text = $$"""{"extends":"eu-edqm","id":"house","version":"1","effectiveFrom":"2026-01-01T00:00:00Z","name":{"en":"House","fr":"Maison"},"status":"{{status}}"}""";
            await File.WriteAllTextAsync(Path.Combine(folder, "house.json"), text);
            File.Copy(Path.Combine(RulePackFolder.Default, "eu-edqm.json"), Path.Combine(folder, "eu-edqm.json"), overwrite: true);
            var packs = await RulePackHistory.LoadAsync(bench.Scene.Store, folder, bench.Scene.Clock, CancellationToken.None);
            var pack = packs.Last(dated => dated.Pack.Id == "house").Pack;
            rules.Add(bench.RuleOf("eu-edqm") with { Pack = pack.Id, Version = pack.Version, Hash = pack.Hash });
        }

        return rules;
    }

    private static BundleVerdict Verify(byte[] bundle) => BundleVerification.Verify(new MemoryStream(bundle), BundleBench.PublicKey);
}
