using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Desk;

namespace ColdChain.Server.Reports.Documents;

/// <summary>
/// Prints the HTML of a report by Chromium: a process of its own for each report, with an empty profile and without any network, and only one at a time,
/// since each takes a few hundred megabytes. Script cannot be switched off by a flag, because Chromium's own printing is one; the policy that every
/// report carries forbids it, and a document without that policy is not printed.
/// </summary>
internal sealed class ReportPdf(PdfOptions options, DraftFolder drafts, TimeProvider clock) : IDisposable
{
    /// <summary>How many reports may wait for their turn; a further one is refused.</summary>
    public const int WaitingMax = 16;

    /// <summary>How long one may take before its process is killed.</summary>
    public static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(60);

    private const string DebianName = "chromium";
    private const string Policy = "content=\"default-src 'none';";
    private const int ErrorLettersMax = 400;
    private const int EndLengthMax = 64;

    private static readonly string[] Flags =
    [
        "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-extensions", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer",
    ];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _waiting;

    /// <summary>Prints a document of HTML and writes the PDF.</summary>
    /// <param name="html">As <see cref="ReportHtml"/> writes it.</param>
    /// <param name="output">Where the PDF goes.</param>
    /// <param name="cancellation">Ends the wait, and the process.</param>
    /// <exception cref="RefusalException">There is no Chromium, too many wait, or it did not print.</exception>
    public async Task WriteAsync(string html, Stream output, CancellationToken cancellation)
    {
        if (!html.Contains(Policy, StringComparison.Ordinal))
        {
            throw new ArgumentException("It has no policy that forbids script and whatever lies elsewhere.", nameof(html));
        }

        var program = Find() ?? throw Refused(
            $"there is no Chromium ('{options.Chromium ?? DebianName}') on the server", "install Debian's chromium, or name the program in the configuration; the HTML of the report says the same and can be printed by any browser", ReportRefusals.NoPrinter);
        if (Interlocked.Increment(ref _waiting) > WaitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            throw Refused($"{WaitingMax} reports wait to be printed already", "try again in a minute", ReportRefusals.Busy);
        }

        try
        {
            await _turn.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            await PrintAsync(program, html, output, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task PrintAsync(string program, string html, Stream output, CancellationToken cancellation)
    {
        var folder = drafts.NewFolder();
        try
        {
            var (page, printed) = (Path.Combine(folder.FullName, "report.html"), Path.Combine(folder.FullName, "report.pdf"));
            await File.WriteAllTextAsync(page, html, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellation);
            var (code, said) = await RunAsync(Start(program, folder.FullName, page, printed), cancellation);
            if (code != 0 || !File.Exists(printed))
            {
                throw Refused($"Chromium did not print the report (exit code {code}): {said}", "look whether it runs on the server at all (as root it needs its sandbox switched off in the configuration), and try again");
            }

            await using var pdf = File.OpenRead(printed);
            if (!await IsWholeAsync(pdf, cancellation))
            {
                throw Refused("Chromium printed a part of the report only", "look whether the disk of the data folder has room, and try again");
            }

            await pdf.CopyToAsync(output, cancellation);
        }
        finally
        {
            Remove(folder);
        }
    }

    // A disk that is full cuts the file off, and that must not be given out or signed: every PDF ends with a line that says so.
    private static async Task<bool> IsWholeAsync(FileStream pdf, CancellationToken cancellation)
    {
        var end = new byte[Math.Min(EndLengthMax, pdf.Length)];
        pdf.Position = pdf.Length - end.Length;
        await pdf.ReadExactlyAsync(end, cancellation);
        pdf.Position = 0;
        return Encoding.ASCII.GetString(end).TrimEnd().EndsWith("%%EOF", StringComparison.Ordinal);
    }

    private ProcessStartInfo Start(string program, string folder, string page, string printed)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = folder };
        foreach (var flag in Flags)
        {
            start.ArgumentList.Add(flag);
        }

        if (!options.IsSandboxed)
        {
            start.ArgumentList.Add("--no-sandbox");
        }

        start.ArgumentList.Add($"--user-data-dir={Path.Combine(folder, "profile")}");
        start.ArgumentList.Add($"--print-to-pdf={printed}");
        start.ArgumentList.Add(new Uri(page).AbsoluteUri);

        // It is told nothing that the server was told, secrets least of all; what it keeps beside its profile goes into the folder too, and with it.
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "";
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["HOME"] = folder;
        start.Environment["TMPDIR"] = folder;
        return start;
    }

    // Gives its exit code and the end of what it said, for the error that nothing was printed.
    private async Task<(int Code, string Said)> RunAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(TimeMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var process = StartOrRefuse(start);
        try
        {
            var said = process.StandardError.ReadToEndAsync(either.Token);
            var rest = process.StandardOutput.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            await rest;
            var text = (await said).Trim();
            return (process.ExitCode, text.Length > ErrorLettersMax ? text[^ErrorLettersMax..] : text);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Refused($"Chromium took longer than {TimeMax.TotalSeconds:0} seconds to print the report", "try again when the server has less to do, or ask for a shorter period", ReportRefusals.Busy);
        }
        finally
        {
            Kill(process);
        }
    }

    private static Process StartOrRefuse(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw Refused("Chromium could not be started", "look whether it runs on the server at all");
        }
        catch (Win32Exception error)
        {
            throw Refused($"Chromium could not be started: {error.Message}", "look whether the program named in the configuration may be run by the server");
        }
    }

    // With its children: those that draw and print are processes of their own.
    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A child that is about to end may still write into its profile: what is left is removed at the next start, and the report is whole.
        }
    }

    private string? Find()
    {
        var program = options.Chromium ?? DebianName;
        return Path.IsPathRooted(program)
            ? File.Exists(program) ? program : null
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0)
                .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    private static RefusalException Refused(string reason, string cure, string word = ReportRefusals.NotPrinted) => new(RefusalKind.Conflict, "pdf", reason, cure) { Word = word };
}
