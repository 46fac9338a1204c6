using System.Diagnostics;

namespace ColdChain.EndToEnd.Tests.Documents;

/// <summary>
/// The shell of somebody who follows a document: a folder of their own, and variables that stay from one block to the next. What has to
/// differ (a port, a host, where the program lies) is replaced in the commands by name; a name that no command holds fails the test.
/// </summary>
internal sealed class ReaderShell(string folder, IReadOnlyDictionary<string, string> replacements)
{
    private readonly HashSet<string> _used = [];

    private string Variables => Path.Combine(folder, "variables.sh");

    /// <summary>Runs a block to its end, which has to be a good one.</summary>
    public async Task RunAsync(string block)
    {
        var script = $"set -euo pipefail; touch '{Variables}'; . '{Variables}'; set -a\n{Replaced(block)}\nset +a; export -p >'{Variables}'";
        var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var bash = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        var (output, errors) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        bash.ExitCode.Should().Be(0, $"{block}\n{await output}{await errors}");
    }

    /// <summary>Starts a block that goes on until it is stopped.</summary>
    /// <param name="block">One command.</param>
    /// <param name="variables">What is added to its environment.</param>
    public ProgramProcess Start(string block, IReadOnlyDictionary<string, string> variables) =>
        ProgramProcess.Run("bash", ["-c", $"cd '{folder}' && exec {Replaced(block)}"], variables);

    /// <summary>Fails when a replacement was not needed: then the document says something else than this test thinks.</summary>
    public void ShouldHaveReplacedAll() => replacements.Keys.Except(_used).Should().BeEmpty();

    private string Replaced(string block)
    {
        foreach (var (documented, ours) in replacements.Where(pair => block.Contains(pair.Key, StringComparison.Ordinal)))
        {
            _used.Add(documented);
            block = block.Replace(documented, ours, StringComparison.Ordinal);
        }

        return block;
    }
}
