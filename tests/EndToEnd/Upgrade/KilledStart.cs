using System.Diagnostics;

namespace ColdChain.EndToEnd.Tests.Upgrade;

/// <summary>
/// A start of a real program that ends, by SIGKILL, exactly where it would make its n-th system call of a kind on a database: strace
/// counts and kills, so that every single write of a migration can be the last one.
/// </summary>
internal static class KilledStart
{
    /// <summary>What SQLite calls when it writes, and when it asks the disk to keep it.</summary>
    public static readonly string[] Calls = ["pwrite64", "fsync"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private const int KilledExitCode = 128 + 9;

    /// <summary>Starts the program, and fails the test when it was not killed there.</summary>
    public static async Task RunAsync(string database, string call, int number, params string[] program)
    {
        string[] filter = ["-f", "-qq", "-o", "/dev/null", "-P", database, "-P", database + "-wal"];
        string[] inject = ["-e", $"trace={call}", "-e", $"inject={call}:signal=SIGKILL:when={number}"];
        var start = new ProcessStartInfo("strace", [.. filter, .. inject, "dotnet", .. program]) { RedirectStandardOutput = true, RedirectStandardError = true };
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

        process.ExitCode.Should().Be(KilledExitCode, $"the start is to be killed at {call} {number}, and not to end by itself:\n{await output}\n{await errors}");
    }
}
