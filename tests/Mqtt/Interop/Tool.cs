using System.Diagnostics;

namespace ColdChain.Mqtt.Tests.Interop;

/// <summary>A program of the mosquitto packages, run as a user would run it.</summary>
internal sealed class Tool : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private Tool(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public static Tool Start(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(name), arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        return new Tool(Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start"));
    }

    /// <summary>Writes lines to the program and closes its input.</summary>
    public async Task FeedAsync(IEnumerable<string> lines)
    {
        await process.StandardInput.WriteAsync(string.Join('\n', lines) + "\n");
        process.StandardInput.Close();
    }

    /// <summary>The exit code and everything that was printed.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        await process.WaitForExitAsync(Patience.Token());
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Ends the program without asking it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync(Patience.Token());
        process.Dispose();
    }

    private static string Find(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin");
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"'{name}' is not installed: install Debian's mosquitto and mosquitto-clients, or leave these tests out with --filter Needs!=mosquitto.");
    }
}
