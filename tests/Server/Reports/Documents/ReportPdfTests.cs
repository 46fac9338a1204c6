using System.Text;
using System.Text.RegularExpressions;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Documents;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Reports.Documents;

public sealed partial class ReportPdfTests
{
    // Where a program is to print to, as a shell finds it.
    private const string Printed = "for word; do case $word in --print-to-pdf=*) pdf=${word#*=};; esac; done; ";
    private const string Page = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><p>Some text</p>";

    // An excursion as most are takes three pages at most. The sample in which nearly all happens that can takes a fourth: a third probe, what did not count,
    // a decision that was re-opened and two versions are to be read as well.
    [Theory]
    [Trait("Needs", "chromium")]
    [InlineData("usual", "fr", 2, 3)]
    [InlineData("usual", "en", 2, 3)]
    [InlineData("excursion", "fr", 4, 4)]
    [InlineData("excursion", "en", 4, 4)]
    [InlineData("unit", "fr", 2, 3)]
    [InlineData("alarms", "fr", 1, 2)]
    public async Task Pdf_OfASample_HasItsPagesAndItsNumber(string sample, string language, int pagesMin, int pagesMax)
    {
        var document = sample switch
        {
            "usual" => SampleReports.UsualExcursion(),
            "excursion" => SampleReports.Excursion(),
            "unit" => SampleReports.UnitPeriod(),
            _ => SampleReports.Alarms(),
        };

        var pdf = await PrintAsync(await Printing.WriteAsync(document, language == "fr" ? Printing.French : Printing.English));

        pdf.Should().StartWith("%PDF-").And.Contain("%%EOF");
        Pages().Count(pdf).Should().BeInRange(pagesMin, pagesMax);
        pdf.Should().Contain(Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(document.Content.Number)), "its title begins with the number");
    }

    [Fact]
    [Trait("Needs", "chromium")]
    public async Task Pdf_OfADocumentWithAScript_RunsNoneOfIt()
    {
        var script = "<script>for (let page = 0; page < 30; page++) document.body.innerHTML += '<p style=\"break-before: page\">page</p>';</script>";

        Pages().Count(await PrintAsync(Page + script)).Should().Be(1);
    }

    [Fact]
    public async Task Document_WithoutThePolicy_IsNotPrinted()
    {
        using var folder = new TempFolder();
        using var pdf = new ReportPdf(new PdfOptions(null, IsSandboxed: false), Drafts.In(folder), TimeProvider.System);

        await pdf.Awaiting(one => one.WriteAsync("<p>Some text</p>", Stream.Null, CancellationToken.None)).Should().ThrowAsync<ArgumentException>();
    }

    [Theory]
    [InlineData("/nowhere/chromium")]
    [InlineData("chromium-of-nowhere")]
    public async Task Program_ThatIsMissing_IsARefusalWithItsCure(string program)
    {
        using var folder = new TempFolder();
        using var pdf = new ReportPdf(new PdfOptions(program, IsSandboxed: true), Drafts.In(folder), TimeProvider.System);

        var refusal = (await pdf.Awaiting(one => one.WriteAsync(Page, Stream.Null, CancellationToken.None)).Should().ThrowAsync<RefusalException>()).Which;

        refusal.Reason.Should().Contain($"there is no Chromium ('{program}') on the server");
        refusal.Cure.Should().Contain("install Debian's chromium");
    }

    [Fact]
    public async Task Program_ThatPrintsNothing_IsARefusalWithWhatItSaid()
    {
        using var folder = new TempFolder();
        using var pdf = new ReportPdf(new PdfOptions(Program(folder, "echo 'no display' >&2; exit 1"), IsSandboxed: true), Drafts.In(folder), TimeProvider.System);

        (await pdf.Awaiting(one => one.WriteAsync(Page, Stream.Null, CancellationToken.None)).Should().ThrowAsync<RefusalException>()).Which.Reason.Should().Contain("no display");
    }

    [Theory]
    [InlineData("printf '%%PDF-1.4\n1 0 obj\n%%%%EO' > \"$pdf\"", "a part of the report only")]
    [InlineData("printf '%%PDF-1.4\n%%%%EOF\n' > \"$pdf\"; echo 'no space left' >&2; exit 21", "(exit code 21): no space left")]
    [InlineData("head -c 5000 /dev/zero > \"$pdf\"; printf '%%%%EOF\nstartxref' >> \"$pdf\"", "a part of the report only")]
    [InlineData(": > \"$pdf\"", "a part of the report only")]
    public async Task Program_ThatWritesAPartOfTheReport_GivesNothingOut(string commands, string reason)
    {
        using var folder = new TempFolder();
        using var output = new MemoryStream();
        using var pdf = new ReportPdf(new PdfOptions(Program(folder, Printed + commands), IsSandboxed: true), Drafts.In(folder), TimeProvider.System);

        var refusal = (await pdf.Awaiting(one => one.WriteAsync(Page, output, CancellationToken.None)).Should().ThrowAsync<RefusalException>()).Which;

        refusal.Reason.Should().Contain(reason);
        output.Length.Should().Be(0);
        Directory.EnumerateFileSystemEntries(Drafts.PathIn(folder)).Should().BeEmpty();
    }

    [Fact]
    public async Task Program_ThatWritesAWholeReport_HasItGivenOut()
    {
        using var folder = new TempFolder();
        using var output = new MemoryStream();
        using var pdf = new ReportPdf(new PdfOptions(Program(folder, $"{Printed}printf '%%PDF-1.4\n%%%%EOF\n' > \"$pdf\""), IsSandboxed: true), Drafts.In(folder), TimeProvider.System);

        await pdf.WriteAsync(Page, output, CancellationToken.None);

        Encoding.ASCII.GetString(output.ToArray()).Should().Be("%PDF-1.4\n%%EOF\n");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sandbox_IsLeftOut_OnlyWhenTheOptionsSaySo(bool isSandboxed)
    {
        using var folder = new TempFolder();
        using var pdf = new ReportPdf(new PdfOptions(Program(folder, $"echo \"$@\" > {folder.File("arguments")}; env > {folder.File("environment")}"), isSandboxed), Drafts.In(folder), TimeProvider.System);

        await pdf.Awaiting(one => one.WriteAsync(Page, Stream.Null, CancellationToken.None)).Should().ThrowAsync<RefusalException>("it prints nothing");

        var arguments = await File.ReadAllTextAsync(folder.File("arguments"));
        arguments.Contains("--no-sandbox", StringComparison.Ordinal).Should().Be(!isSandboxed);
        arguments.Should().Contain("--host-resolver-rules=MAP * ~NOTFOUND").And.Contain("--user-data-dir=").And.Contain("file:///");
        (await File.ReadAllLinesAsync(folder.File("environment"))).Select(line => line.Split('=')[0]).Should().BeSubsetOf(["PATH", "LANG", "HOME", "TMPDIR", "PWD", "OLDPWD", "SHLVL", "_"]);
    }

    [Fact]
    public async Task Program_ThatHangs_IsKilledWithItsFolder()
    {
        using var folder = new TempFolder();
        var clock = new ManualTimeProvider();
        using var pdf = new ReportPdf(new PdfOptions(Program(folder, $"pwd > {folder.File("folder.part")}; mv {folder.File("folder.part")} {folder.File("folder")}; echo $$ > {folder.File("id.part")}; mv {folder.File("id.part")} {folder.File("id")}; sleep 600"), IsSandboxed: true), Drafts.In(folder), clock);

        var printing = pdf.WriteAsync(Page, Stream.Null, CancellationToken.None);
        await Eventually.HoldsAsync(() => Task.FromResult(File.Exists(folder.File("id"))));
        var (id, of) = ((await File.ReadAllTextAsync(folder.File("id"))).Trim(), (await File.ReadAllTextAsync(folder.File("folder"))).Trim());
        clock.Advance(ReportPdf.TimeMax);

        (await printing.Awaiting(task => task).Should().ThrowAsync<RefusalException>()).Which.Reason.Should().Contain("longer than 60 seconds");
        Directory.Exists(of).Should().BeFalse();
        Directory.Exists($"/proc/{id}").Should().BeFalse();
    }

    [Fact]
    public async Task Documents_MoreThanMayWait_AreRefused()
    {
        using var folder = new TempFolder();
        using var stop = new CancellationTokenSource();
        using var pdf = new ReportPdf(new PdfOptions(Program(folder, "sleep 600"), IsSandboxed: true), Drafts.In(folder), TimeProvider.System);

        // One is printed, and so many wait.
        List<Task> printing = [.. Enumerable.Range(0, 1 + ReportPdf.WaitingMax).Select(_ => pdf.WriteAsync(Page, Stream.Null, stop.Token))];

        (await pdf.Awaiting(one => one.WriteAsync(Page, Stream.Null, CancellationToken.None)).Should().ThrowAsync<RefusalException>()).Which.Reason.Should().Contain("16 reports wait");
        printing.Should().AllSatisfy(one => one.IsCompleted.Should().BeFalse());
        await stop.CancelAsync();
        await Task.WhenAll(printing).Awaiting(all => all).Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task<string> PrintAsync(string html)
    {
        using var folder = new TempFolder();
        using var pdf = new ReportPdf(new PdfOptions(null, IsSandboxed: false), Drafts.In(folder), TimeProvider.System);
        using var output = new MemoryStream();
        await pdf.WriteAsync(html, output, CancellationToken.None);
        return Encoding.Latin1.GetString(output.ToArray());
    }

    private static string Program(TempFolder folder, string commands)
    {
        var program = folder.File("chromium");
        File.WriteAllText(program, $"#!/bin/sh\n{commands}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        return program;
    }

    [GeneratedRegex(@"/Type /Page\b(?!s)")]
    private static partial Regex Pages();
}
