using System.Diagnostics;
using System.Runtime.Versioning;
using ColdChain.Edge.Tests.Support;
using ColdChain.Tests.Shared;

namespace ColdChain.Edge.Tests.Firmware;

[UnsupportedOSPlatform("windows")]
public sealed class InstallTests : IDisposable
{
    private static readonly string Script = Path.Combine(Repository.Root, "firmware-config", "install.sh");

    private readonly TempFolder _folder = new();
    private readonly string _program;
    private readonly string _root;

    public InstallTests()
    {
        _program = Directory.CreateDirectory(_folder.File("published")).FullName;
        _root = Directory.CreateDirectory(_folder.File("root")).FullName;
        File.WriteAllText(Path.Combine(_program, "ColdChain.Edge.dll"), "version 1");
    }

    [Fact]
    public void FirstRun_PutsEverythingInPlace_AndTheSecondChangesNothing()
    {
        Install().Output.Should().EndWith("Done: 7 change(s).\n");
        Files().Should().Equal(
            "etc/coldchain/edge.yaml",
            "etc/systemd/system/coldchain-edge.service",
            "etc/udev/rules.d/90-coldchain.rules",
            "opt/coldchain-edge/ColdChain.Edge.dll",
            "usr/local/share/doc/coldchain-edge/README.md");
        File.GetUnixFileMode(Path.Combine(_root, "etc/coldchain/edge.yaml"))
            .Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, "it may name secrets");
        var before = State();

        Install().Output.Should().Be("Nothing changed.\n");

        State().Should().Equal(before);
    }

    [Fact]
    public void NewerAgent_IsReplaced_AndTheConfigurationIsKept()
    {
        Install();
        var config = Path.Combine(_root, "etc/coldchain/edge.yaml");
        File.WriteAllText(config, "device: mine\n");
        File.WriteAllText(Path.Combine(_program, "ColdChain.Edge.dll"), "version 2");

        Install().Output.Should().Be("wrote /opt/coldchain-edge\nDone: 1 change(s).\n");

        File.ReadAllText(config).Should().Be("device: mine\n");
        File.ReadAllText(Path.Combine(_root, "opt/coldchain-edge/ColdChain.Edge.dll")).Should().Be("version 2");
        Directory.GetDirectories(Path.Combine(_root, "opt")).Should().ContainSingle("nothing is left over");
    }

    [Fact]
    public void WrongUse_NamesTheCure_AndChangesNothing()
    {
        Run("--root", _root).Should().Be((2, "install.sh: which agent? Publish it, and name the folder: --program DIR\n"));
        Run("--progam", "x").Output.Should().Contain("unknown argument '--progam'; known are --program DIR and --root FOLDER");
        Run("--program", _folder.File("nowhere"), "--root", _root).Output.Should().Contain("make it with: dotnet publish edge");
        Run("--program", _program, "--root", _folder.File("nowhere")).Output.Should().Contain("create it first");

        Files().Should().BeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private (int Code, string Output) Install()
    {
        var run = Run("--program", _program, "--root", _root);
        run.Code.Should().Be(0, run.Output);
        return run;
    }

    private static (int Code, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", [Script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var sh = Process.Start(start)!;
        var error = sh.StandardError.ReadToEndAsync();
        var output = sh.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        sh.WaitForExit();
        return (sh.ExitCode, output);
    }

    private string[] Files() =>
        [.. Directory.GetFiles(_root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_root, file)).Order(StringComparer.Ordinal)];

    private string[] State() =>
        [.. Directory.GetFileSystemEntries(_root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(entry => $"{entry} {File.GetLastWriteTimeUtc(entry):O} {File.GetUnixFileMode(entry)}")];
}
