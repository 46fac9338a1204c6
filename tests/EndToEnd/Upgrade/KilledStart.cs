using System.Diagnostics;

namespace ColdChain.EndToEnd.Tests.Upgrade;

/// <summary>
/// A start of a real program that ends, by SIGKILL, exactly where it would make its n-th system call of a kind on a database: strace
/// counts and kills, so that every single write of a migration can be the one that does not happen.
/// </summary>
internal static class KilledStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private const int KilledExitCode = 128 + 9;

    /// <summary>Starts the program, and fails the test when it was not killed at one of the calls.</summary>
    public static async Task RunAsync(string database, IReadOnlyList<(string Call, int Number)> kills, params string[] program)
    {
        string[] filter = ["-f", "-qq", "-o", "/dev/null", "-P", database, "-P", database + "-wal", "-e", $"trace={string.Join(',', kills.Select(kill => kill.Call))}"];
        var inject = kills.SelectMany(kill => new[] { "-e", $"inject={kill.Call}:signal=SIGKILL:when={kill.Number}" });
        var start = new ProcessStartInfo("strace", [.. filter, .. inject, .. program]) { RedirectStandardOutput = true, RedirectStandardError = true };
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

        process.ExitCode.Should().Be(KilledExitCode, $"the start is to be killed at {string.Join(" or ", kills)}, and not to end by itself:\n{await output}\n{await errors}");
    }
}
