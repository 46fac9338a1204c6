using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ColdChain.Crashes.Tests.Injection;

/// <summary>What a run of the work said, and how it ended.</summary>
/// <param name="ExitCode">0 when all steps were done; 137 when it was killed.</param>
/// <param name="Lines">What it said.</param>
/// <param name="Errors">What it, or strace, said beside that.</param>
/// <param name="Calls">The calls, as strace saw them.</param>
internal sealed record WorkRun(int ExitCode, IReadOnlyList<string> Lines, string Errors, IReadOnlyList<string> Calls)
{
    /// <summary>True when a call was answered by strace.</summary>
    public bool IsInjected => Calls.Any(call => call.EndsWith("(INJECTED)", StringComparison.Ordinal));
}

/// <summary>Runs the work under strace, which sees each system call on the file and its journals and can make one of them fail.</summary>
internal static partial class Calls
{
    /// <summary>What writes, makes durable, shortens or removes.</summary>
    public static readonly string[] All = ["pwrite64", "fdatasync", "fsync", "ftruncate", "write", "unlink"];

    // Other calls then run at full speed. A signal is not sent that way.
    private static readonly string[] Sparing = ["--seccomp-bpf"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>How often a run in which nothing fails makes each call.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> CountAsync(string kind, string path)
    {
        var run = await RunAsync(kind, path, ["-e", $"trace={string.Join(',', All)}"]);
        run.ExitCode.Should().Be(0, "{0}", run.Errors);
        var called = run.Calls.Select(line => Begun().Match(line)).Where(match => match.Success).GroupBy(match => match.Groups["call"].Value);
        return called.ToDictionary(calls => calls.Key, calls => calls.Count());
    }

    /// <summary>Runs the work, and has one call killed, or answered with an error.</summary>
    /// <param name="kind">The work.</param>
    /// <param name="path">Its file.</param>
    /// <param name="call">Which call.</param>
    /// <param name="number">The how manyth of these, from 1.</param>
    /// <param name="what"><c>signal=SIGKILL</c>, or an error such as <c>error=EIO</c>.</param>
    public static Task<WorkRun> RunAsync(string kind, string path, string call, int number, string what) =>
        RunAsync(
        kind, path, [.. what.StartsWith("error=", StringComparison.Ordinal) ? Sparing : [], "-e", $"trace={call}", "-e", $"inject={call}:{what}:when={number}"]);

    private static async Task<WorkRun> RunAsync(string kind, string path, string[] options)
    {
        string[] files = ["-P", path, "-P", path + "-wal", "-P", path + "-shm", "-P", path + "-journal", "-P", Path.GetDirectoryName(path)!]; // A full path.
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "ColdChain.Crashes.Tests.dll"), kind, path];
        var start = new ProcessStartInfo("strace", ["-f", "-qq", "-o", path + ".calls", .. files, .. options, .. program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ThreadPool_ForceMinWorkerThreads"] = "1";
        start.Environment["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("strace did not start.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return new WorkRun(process.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries), await errors, await File.ReadAllLinesAsync(path + ".calls"));
    }

    [GeneratedRegex(@"^\d+ +(?<call>\w+)\(")]
    private static partial Regex Begun();
}
