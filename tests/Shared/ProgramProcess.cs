using System.Collections.Concurrent;
using System.Diagnostics;

namespace ColdChain.Tests.Shared;

/// <summary>A program of ours as a process of its own, read by its output, stopped by its process id.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    // With it test.sh shortens the tests themselves. A program of ours collects as it does where it is used: it would need more memory otherwise.
    private const string CollectorOfTests = "DOTNET_GCgen0size";

    private static readonly TimeSpan EndAtMost = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private ProgramProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has written so far, both streams.</summary>
    public string Output => string.Join('\n', _output);

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program.</summary>
    /// <param name="assembly">Its assembly, such as <c>ColdChain.Server.dll</c>, which lies beside the tests.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variables">What is added to its environment.</param>
    public static ProgramProcess Start(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null) =>
        Run("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments], variables);

    /// <summary>Starts a program of ours by way of another, such as a shell.</summary>
    public static ProgramProcess Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Remove(CollectorOfTests);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new ProgramProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    /// <summary>Waits until a line begins with a text, and gives the rest of it.</summary>
    public async Task<string> LineAsync(string beginning)
    {
        string? found = null;
        await Eventually.HoldsAsync(
            () => (found = _output.FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal))) is not null || HasExited,
            $"the program prints '{beginning}'");
        return found?[beginning.Length..].Trim() ?? throw new InvalidOperationException($"The program ended without printing '{beginning}':\n{Output}");
    }

    /// <summary>Sends a signal, such as INT or TERM.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the end, and gives the exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(EndAtMost);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal, and gives the exit code.</summary>
    public async Task<int> StopAsync(string signal)
    {
        await SignalAsync(signal);
        return await EndAsync();
    }

    /// <summary>SIGKILL: it has no time to say good-bye.</summary>
    public async Task KillAsync()
    {
        if (!HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }
}
