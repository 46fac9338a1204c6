using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Reports;
using ColdChain.Server.Reports.Bundle;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Quarantine;
using ColdChain.Server.Tests.Reports.Bundle;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace ColdChain.Server.Tests.Reports;

/// <summary>
/// Fridge 1 over a day on which everything happens: a gap, a probe that fails, an excursion that is found hours later, a release that is re-opened by a
/// reading that comes later still. Its report, by the running server, from the draft to a bundle that is verified and recomputed elsewhere.
/// </summary>
public sealed class ReportStoryTests
{
    private const string File = "/reports/EX-1/file";
    private const string FaultEpoch = "00112233445566778899aabbccddeeff";

    [Theory]
    [InlineData("en", "Found later", "Draft")]
    [InlineData("fr", "découvert après coup", "Brouillon")]
    public async Task PageOne_OfThatDay_SaysWhatAReaderMustNotMiss(string language, string later, string draft)
    {
        await using var staffed = await ReopenedAsync();

        var page = PageOne(await HtmlAsync(staffed, $"{File}?format=html&lang={language}&revision=0"));

        foreach (var notice in new[] { "found-later", "unknown", "excluded", "reopened", "outstanding", "draft", "statement" })
        {
            page.Should().Contain($"data-notice=\"{notice}\"");
        }

        (await staffed.Api.AskAsync($"{File}?revision=0")).Headers.GetValues("Content-Security-Policy").Should().ContainSingle(policy => policy.StartsWith("default-src 'none'; style-src 'unsafe-inline'", StringComparison.Ordinal));
        page.Should().ContainEquivalentOf(later).And.ContainEquivalentOf(draft);
    }

    [Fact]
    public async Task Report_ThatWasSigned_IsGivenOutInEveryFormat_AndIsVoidWhenMoreBecomesKnown()
    {
        await using var staffed = await ReopenedAsync();
        var sha256 = await PrepareAsync(staffed, "tariq");

        foreach (var (format, type, start) in new[] { ("html", "text/html", "<!DOCTYPE html>"), ("csv", "text/csv", ""), ("json", "application/json", "{\"form\":1"), ("xlsx", "application/vnd", "PK"), ("zip", "application/zip", "PK") })
        {
            using var answer = await staffed.Api.AskAsync($"{File}?format={format}&lang=fr");
            answer.StatusCode.Should().Be(HttpStatusCode.OK, format);
            answer.Content.Headers.ContentType!.ToString().Should().StartWith(type);
            (await answer.Content.ReadAsStringAsync())[..start.Length].Should().Be(start);
        }

        var content = await (await staffed.Api.AskAsync($"{File}?format=json&revision=1")).Content.ReadAsByteArrayAsync();
        ReportJson.HashOf(content).Should().Be(sha256);
        await staffed.DeliverLateAsync("pi-001/load", "09:31", "9");
        await staffed.JudgedAsync();

        var refused = await staffed.PostAsync("amina", "/api/v1/reports/EX-1/signatures", Signature(staffed, sha256, "reviewed"), 409);
        ((string)refused["reason"]!).Should().Contain("void");
        PageOne(await HtmlAsync(staffed, $"{File}?format=html&revision=1&lang=en")).Should().Contain("data-notice=\"void\"");
    }

    [Fact]
    [Trait("Needs", "python")]
    public async Task Bundle_OfThatDay_IsVerified_AndEveryFigureIsRecomputedFromItsSamples()
    {
        await using var staffed = await ReopenedAsync();
        var sha256 = await PrepareAsync(staffed, "tariq");
        await staffed.PostAsync("amina", "/api/v1/reports/EX-1/signatures", Signature(staffed, sha256, "reviewed"), 200);
        await staffed.PostAsync("badr", "/api/v1/reports/EX-1/signatures", Signature(staffed, sha256, "approved"), 200);

        var bytes = await (await staffed.Api.AskAsync($"{File}?format=zip")).Content.ReadAsByteArrayAsync();

        var verdict = BundleVerification.Verify(new MemoryStream(bytes), publicKey: null);
        verdict.Problems.Should().BeEmpty();
        verdict.Head!.Sha256.Should().Be(sha256);
        using var folder = new TempFolder();
        await using var archive = new ZipArchive(new MemoryStream(bytes));
        archive.Entries.Select(entry => entry.FullName).Should().Contain(["report.json", "report.fr.html", "report.en.xlsx", "samples.csv", "readings.csv", "audit.jsonl", "manifest.sig"]);
        var content = ReportJson.Read(await ReadAsync(archive, "report.json"));
        content.Excursion!.Probes.Should().HaveCount(2);
        await System.IO.File.WriteAllBytesAsync(folder.File("report.json"), await ReadAsync(archive, "report.json"));
        await System.IO.File.WriteAllBytesAsync(folder.File("samples.csv"), await ReadAsync(archive, "samples.csv"));
        (await RecomputeAsync(folder)).Should().EndWith("0 differences");
    }

    /// <summary>Each reading comes in a pack of its own, and the door hangs on another device, whose state alone tells that it stayed shut.</summary>
    [Fact]
    public async Task Bundle_HasTheReadingsOfAllItsSamples_AndThoseOfSignalsOnOtherDevices()
    {
        var fleet = SceneFleet.Text.Replace("- { id: pi-002, site: rabat }", "- { id: pi-002, site: rabat }\n  - { id: pi-009, site: rabat }", StringComparison.Ordinal)
            .Replace("          - { id: pi-001/air, role: air }\n", "          - { id: pi-001/air, role: air }\n        signals: [{ id: pi-009/door, kind: door }]\n", StringComparison.Ordinal);
        var scene = await Scene.OpenAsync(fleet);
        for (var at = Scene.At("06:00"); at <= Scene.At("12:00"); at += TimeSpan.FromMinutes(5))
        {
            var time = at.ToString()[11..16];
            await scene.MeasureAsync("pi-001/load", time, time, at < Scene.At("11:00") ? "4" : "9");
        }

        await scene.SignalAsync("pi-009/door", "06:00", "12:00", isOn: false);
        await scene.JudgeAsync("12:00");
        await using var staffed = await StaffedScene.ServeAsync(scene);

        var bytes = await (await staffed.Api.AskAsync($"{File}?format=zip")).Content.ReadAsByteArrayAsync();

        var bundle = new BundleEdit(bytes);
        BundleVerification.Verify(new MemoryStream(bytes), publicKey: null).Problems.Should().BeEmpty();
        var readings = BundleBench.Lines(bundle["readings.csv"]).Select(line => line.Split(',')).Select(cells => (cells[0], cells[4], cells[7])).ToHashSet();
        var samples = BundleBench.Lines(bundle["samples.csv"]).Skip(1).Select(line => line.Split(',')).ToList();
        string.CompareOrdinal(samples[0][2], ReportJson.Read(bundle["report.json"]).From.ToString()).Should().BeNegative("a line reaches in from before it");
        samples.Should().OnlyContain(cells => readings.Contains(ValueTuple.Create(cells[0], cells[2], cells[3])));
        readings.Should().Contain(reading => reading.Item1 == "pi-009/door");
    }

    [Fact]
    public async Task Bundle_OfARevisionThatIsVoid_SaysThatItsSamplesAreThoseOfToday()
    {
        await using var staffed = await ReopenedAsync();
        await PrepareAsync(staffed, "tariq");
        await staffed.DeliverLateAsync("pi-001/load", "09:31", "9");
        await staffed.JudgedAsync();
        await Eventually.HoldsAsync(async () => (await HtmlAsync(staffed, $"{File}?format=html&revision=1&lang=en")).Contains("data-notice=\"void\"", StringComparison.Ordinal));

        var bytes = await (await staffed.Api.AskAsync($"{File}?format=zip&revision=1")).Content.ReadAsByteArrayAsync();

        var verdict = BundleVerification.Verify(new MemoryStream(bytes), publicKey: null);
        verdict.Problems.Should().BeEmpty();
        verdict.Head.Should().Match<BundleHead>(head => head.VoidAt != null && head.ReadAt == staffed.Clock.Now);
        new BundleEdit(bytes).Text("samples.csv").Should().Contain("T09:31:00", "it came after the revision was signed");
    }

    [Fact]
    public async Task File_ForAReaderElsewhere_WritesTheTimesOfThatZone_AndIsTheSameReport()
    {
        await using var staffed = await StaffedScene.OpenAsync();

        var here = await HtmlAsync(staffed, $"{File}?lang=en");
        var there = await HtmlAsync(staffed, $"{File}?lang=en&zone=Asia/Riyadh");

        here.Should().Contain("Africa/Casablanca").And.Contain("10:33:00").And.NotContain("12:33:00");
        there.Should().Contain("Asia/Riyadh").And.Contain("12:33:00").And.Contain("2026-11-22 09:33:00Z");
    }

    [Theory]
    [InlineData("/reports/EX-1/file?zone=Mars", HttpStatusCode.BadRequest)]
    [InlineData("/reports/EX-99/file", HttpStatusCode.NotFound)]
    [InlineData("/reports/nothing/file", HttpStatusCode.NotFound)]
    [InlineData("/reports/EX-1/file?format=docx", HttpStatusCode.BadRequest)]
    [InlineData("/reports/EX-1/file?lang=xx", HttpStatusCode.BadRequest)]
    [InlineData("/reports/EX-1/file?revision=7", HttpStatusCode.NotFound)]
    [InlineData("/reports/EX-1/file?revision=-1", HttpStatusCode.BadRequest)]
    [InlineData("/reports/SI-rabat_2026-11/file?format=zip", HttpStatusCode.BadRequest)]
    [InlineData("/reports/SU-fridge-1_2030-11/file", HttpStatusCode.BadRequest)]
    public async Task File_OfNothing_IsRefusedInWords_ToPeopleAndToPrograms(string path, HttpStatusCode status)
    {
        await using var staffed = await StaffedScene.OpenAsync();

        using var page = await staffed.Api.AskAsync(path);
        using var problem = await staffed.Api.AskAsync($"/api/v1{path}");

        (page.StatusCode, problem.StatusCode).Should().Be((status, status));
        (await page.Content.ReadAsStringAsync()).Should().Contain("<html");
        (await problem.Content.ReadAsStringAsync()).Should().Contain("\"cure\":\"");
    }

    [Fact]
    public async Task Site_OverAMonth_IsMadeInTheBackground_AndShowsHowFarItIs()
    {
        using var half = new ManualResetEventSlim(initialState: false);
        await using var staffed = await StaffedScene.OpenAsync(logging: logging => logging.Services.AddSingleton<MakeReport>(services => WaitingAtHalf(services, half)));
        const string path = "/api/v1/reports/SI-rabat_2026-11/file?format=json";

        await Eventually.HoldsAsync(async () =>
        {
            using var answer = await staffed.Api.AskAsync(path);
            answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
            answer.Headers.RetryAfter.Should().NotBeNull();
            return (await answer.Content.ReadAsStringAsync()).Contains("\"done\":2,\"total\":4", StringComparison.Ordinal);
        });
        (await HtmlAsync(staffed, "/reports/SI-rabat_2026-11/file?lang=fr")).Should().Contain("2 enceinte(s) sur 4");
        half.Set();

        await Eventually.HoldsAsync(async () => (await staffed.Api.AskAsync(path)).StatusCode == HttpStatusCode.OK);
        var content = ReportJson.Read(await (await staffed.Api.AskAsync(path)).Content.ReadAsByteArrayAsync());
        content.Units.Should().HaveCount(4);
        (await HtmlAsync(staffed, "/reports/SI-rabat_2026-11/file?lang=fr")).Should().Contain("Fridge 1").And.Contain("data-part=\"overview\"");
    }

    // The real one, which goes on behind the second storage unit when the test has seen that.
    private static MakeReport WaitingAtHalf(IServiceProvider services, ManualResetEventSlim half)
    {
        var maker = ActivatorUtilities.CreateInstance<ReportMaker>(services);
        return (number, progress, cancellation) => maker.Make(
            number,
            told =>
            {
                progress(told);
                if (told.Done == 2)
                {
                    half.Wait(cancellation);
                }
            },
            cancellation);
    }

    // Up to where the second page begins.
    private static string PageOne(string html) => html[..html.IndexOf("data-part=\"page-two\"", StringComparison.Ordinal)];

    private static async Task<StaffedScene> ReopenedAsync()
    {
        var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "06:30", "4");
        await scene.MeasureAsync("pi-001/load", "07:30", "09:00", "4"); // An hour of which nothing is known.
        await scene.MeasureAsync("pi-001/load", "09:05", "09:30", "9");
        await scene.MeasureAsync("pi-001/load", "09:35", "13:55", "4");
        await scene.MeasureAsync("pi-001/air", "06:00", "13:55", "5");
        await FailAsync(scene, "pi-001/load", "08:02", "08:07", "08:12");
        await scene.JudgeAsync("14:00");
        var staffed = await StaffedScene.ServeAsync(scene);
        await staffed.AddAsync("tariq", Core.People.Role.Technician, Core.People.Scope.Site("rabat"));
        await staffed.AddAsync("amina", Core.People.Role.Quality, Core.People.Scope.Site("rabat"));
        await staffed.AddAsync("badr", Core.People.Role.Quality, Core.People.Scope.Nation);
        await staffed.PrepareReleaseAsync();
        object[] both = [.. await staffed.SeenAsync("storage-unit"), .. await staffed.SeenAsync("blood-unit")];
        await staffed.PostAsync("badr", "/api/v1/holds/decisions", new { kind = "release", reason = "As proposed.", holds = both, code = staffed.NextCode() }, 200);
        await staffed.DeliverLateAsync("pi-001/load", "09:33", "9");
        return staffed;
    }

    private static Task FailAsync(Scene scene, string probe, params string[] times)
    {
        ProbeId.TryParse(probe, out var id).Should().BeTrue();
        var readings = times.Select((time, place) => new Core.Readings.Reading { Key = new ReadingKey(id.Device, FaultEpoch, place + 1), Probe = id, MeasuredAt = Scene.At(time), Fault = "no-response" });
        return scene.DeliverAsync(new Pack(id.Device, FaultEpoch, [.. readings]), Scene.At(times[^1]));
    }

    private static async Task<string> PrepareAsync(StaffedScene staffed, string name)
    {
        var draft = await (await staffed.Api.AskAsync($"{File}?format=json&revision=0")).Content.ReadAsByteArrayAsync();
        var sha256 = ReportJson.HashOf(draft);
        var head = await staffed.PostAsync(name, "/api/v1/reports/EX-1/preparation", new { sha256, password = FormSession.ChosenPassword, code = staffed.NextCode() }, 200);
        ((string)head["state"]!).Should().Be("prepared");
        return sha256;
    }

    private static object Signature(StaffedScene staffed, string sha256, string meaning) =>
        new { revision = 1, sha256, meaning, password = FormSession.ChosenPassword, code = staffed.NextCode() };

    private static async Task<string> HtmlAsync(StaffedScene staffed, string path)
    {
        using var answer = await staffed.Api.AskAsync(path);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<byte[]> ReadAsync(ZipArchive archive, string name)
    {
        await using var entry = await archive.GetEntry(name)!.OpenAsync();
        using var copy = new MemoryStream();
        await entry.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static async Task<string> RecomputeAsync(TempFolder folder)
    {
        var script = Path.Combine(Repository.Root, "tests", "Server", "Reports", "recompute.py");
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-B", script, folder.File("report.json"), folder.File("samples.csv")]) { RedirectStandardOutput = true })!;
        var output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return output.TrimEnd();
    }
}
