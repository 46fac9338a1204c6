using System.Diagnostics;

namespace ColdChain.EndToEnd.Tests.Compose;

/// <summary>A folder in which <c>deploy/setup.sh</c> has run: what an operator has after the first step.</summary>
public sealed class SetUpSite : IDisposable
{
    private readonly TempFolder _folder = new();

    public SetUpSite() => Run();

    /// <summary>A file by its path as docker-compose.yml writes it: made by the script, or a file of the repository.</summary>
    public string File(string path) => path.StartsWith("./deploy/secrets", StringComparison.Ordinal) || path.StartsWith("./deploy/state", StringComparison.Ordinal)
        ? _folder.File(path["./deploy/".Length..])
        : Path.Combine(Repository.Root, path["./".Length..]);

    /// <summary>Runs it again; the answer is what it printed.</summary>
    public string Run()
    {
        var start = new ProcessStartInfo("sh", [Path.Combine(Repository.Root, "deploy", "setup.sh"), "--folder", _folder.Path])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"setup.sh ended with {process.ExitCode}: {output}{errors.GetAwaiter().GetResult()}");
    }

    public void Dispose() => _folder.Dispose();
}
