using ColdChain.Tests.Shared;

namespace ColdChain.Edge.Tests.Firmware;

public sealed class ServiceUnitTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "firmware-config", "coldchain-edge.service"));

    [Theory]
    [InlineData("Type=notify")]
    [InlineData("WatchdogSec=5min")]
    [InlineData("Restart=always")]
    [InlineData("StartLimitIntervalSec=0")]
    [InlineData("User=coldchain")]
    [InlineData("StateDirectory=coldchain")]
    [InlineData("ProtectSystem=strict")]
    [InlineData("NoNewPrivileges=yes")]
    [InlineData("PrivateTmp=yes")]
    [InlineData("CapabilityBoundingSet=")]
    public void Unit_KeepsThePromise(string line) => Lines.Should().Contain(line);

    [Fact]
    public void MemoryDenyWriteExecute_WouldKeepDotnetFromStarting() =>
        Lines.Should().NotContain(line => line.StartsWith("MemoryDenyWriteExecute", StringComparison.Ordinal));

    [Fact]
    public void Unit_LetsTheAgentAskWhetherTheClockIsSynchronised()
    {
        Lines.Should().Contain("SystemCallFilter=@system-service adjtimex clock_adjtime");
        Lines.Should().NotContain("ProtectClock=yes", "it answers adjtimex with EPERM, and no reading would ever have a date");
    }

    [Fact]
    public void Unit_StartsWhatTheInstallerPutsInPlace()
    {
        var start = Lines.Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal));
        var installer = File.ReadAllText(Path.Combine(Repository.Root, "firmware-config", "install.sh"));

        start.Should().Contain("/opt/coldchain-edge/ColdChain.Edge.dll").And.Contain("/etc/coldchain/edge.yaml");
        installer.Should().Contain("/opt/coldchain-edge").And.Contain("/etc/coldchain/edge.yaml");
        Path.GetFileName(typeof(EdgeAgent).Assembly.Location).Should().Be("ColdChain.Edge.dll");
    }
}
