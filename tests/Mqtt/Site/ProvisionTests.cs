using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Site;

/// <summary>The script that makes a site: what it makes, and that a second or an interrupted run does no harm.</summary>
[Trait("Needs", "mosquitto")]
[UnsupportedOSPlatform("windows")]
public sealed class ProvisionTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("coldchain-provision-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Site_IsMadeOnce_ForItsOwnerOnly_AndTheSecondRunChangesNothing()
    {
        Make("broker", "localhost", "10.0.0.5", "::1").Should().EndWith("Done: 9 change(s).\n");
        Make("device", "pi-1").Should().EndWith("Done: 3 change(s).\n");
        Make("device", "--certificate", "pi-2").Should().EndWith("Done: 2 change(s).\n");
        Files("mosquitto").Should().Equal(
            "acl", "broker.key", "broker.pem", "ca.pem", "device-passwords", "mosquitto.conf", "revoked.pem", "server-passwords");
        Files("server").Should().Equal("broker-password", "ca.pem");
        Files("devices").Should().Equal("pi-1/broker-password", "pi-1/ca.pem", "pi-2/ca.pem", "pi-2/certificate.pem", "pi-2/key.pem");
        State().Should().OnlyContain(entry => !entry.Contains("Group") && !entry.Contains("Other"), "keys and passwords are among them");
        var before = State();

        Make("broker", "localhost", "10.0.0.5", "::1").Should().Be("Nothing changed.\n");
        Make("device", "pi-1").Should().Be("Nothing changed.\n");
        Make("device", "--certificate", "pi-2").Should().Be("Nothing changed.\n");

        State().Should().Equal(before);
    }

    [Fact]
    public void Broker_WithOtherNames_GetsAnotherCertificate_OfTheSameAuthority()
    {
        Make("broker", "localhost");
        var authority = Read("authority/ca.pem");

        Make("broker", "localhost", "mqtt.example").Should().EndWith("Done: 1 change(s).\n");

        Read("authority/ca.pem").Should().Be(authority);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(File("mosquitto/broker.pem"));
        certificate.MatchesHostname("mqtt.example").Should().BeTrue();
    }

    [Fact]
    public void Configuration_ThatWasEdited_IsKept()
    {
        Make("broker", "localhost");
        System.IO.File.AppendAllText(File("mosquitto/acl"), "# ours\n");
        Make("broker", "localhost");
        Read("mosquitto/acl").Should().EndWith("# ours\n");
    }

    [Fact]
    public void InterruptedRun_IsCompletedByTheNext()
    {
        Make("broker", "localhost");
        Make("device", "pi-1");
        var password = Read("devices/pi-1/broker-password");
        System.IO.File.WriteAllText(File("mosquitto/device-passwords"), ""); // As if it had ended between the password and the account,
        System.IO.File.Delete(File("mosquitto/broker.pem")); // or between a key and its certificate.

        Make("device", "pi-1");
        Make("broker", "localhost");

        Read("devices/pi-1/broker-password").Should().Be(password);
        Read("mosquitto/device-passwords").Should().StartWith("pi-1:$7$").And.NotContain(password.Trim());
        using var broker = X509Certificate2.CreateFromPemFile(File("mosquitto/broker.pem"), File("mosquitto/broker.key"));
        broker.HasPrivateKey.Should().BeTrue("key and certificate belong together");
    }

    [Fact]
    public void Certificate_ThatRunsOutSoon_IsMadeAnew()
    {
        Make("broker", "localhost");
        Make("device", "--certificate", "pi-1");
        using var authority = new Certificates(X509Certificate2.CreateFromPemFile(File("authority/ca.pem"), File("authority/ca.key")));
        System.IO.File.WriteAllText(File("devices/pi-1/certificate.pem"), authority.Issue("pi-1").ExportCertificatePem());

        Make("device", "--certificate", "pi-1").Should().EndWith("Done: 1 change(s).\n");

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(File("devices/pi-1/certificate.pem"));
        certificate.NotAfter.Should().BeAfter(authority.Root.NotBefore.AddYears(4));
        Make("list").Should().MatchRegex("ca.pem: valid until .*\n.*broker.pem: valid until .*\n.*pi-1/certificate.pem: valid until ");
    }

    [Fact]
    public void WrongUse_NamesTheCure_AndChangesNothing()
    {
        Refuse().Should().Contain("what shall be made? broker, device, remove or list");
        Refuse("devise", "pi-1").Should().Contain("unknown command 'devise'; known are broker, device, remove and list");
        Refuse("device", "--certifcate", "pi-1").Should().Contain("unknown argument '--certifcate'; known are --folder DIR and --certificate");
        Refuse("broker").Should().Contain("broker needs at least one name behind it");
        Refuse("broker", "localhost:8883").Should().Contain("'localhost:8883' is neither a host name nor an address");
        Refuse("device", "pi-1").Should().Contain("there is no authority").And.Contain("make it first: ./provision.sh broker NAME");
        Directory.Exists(File("")).Should().BeFalse();

        Make("broker", "localhost");
        Refuse("device", "pi-1", "a+b").Should().Contain("'a+b' is no device's name");
        Refuse("device", "coldchain-server").Should().Contain("the server's own account");
        Refuse("device", new string('x', 65)).Should().Contain("at most 64 characters");
        Directory.Exists(File("devices")).Should().BeFalse();
    }

    private string Make(params string[] arguments)
    {
        var (exitCode, output) = Run(arguments);
        exitCode.Should().Be(0, output);
        return output;
    }

    private string Refuse(params string[] arguments)
    {
        var (exitCode, output) = Run(arguments);
        exitCode.Should().Be(2, output);
        return output;
    }

    private (int ExitCode, string Output) Run(string[] arguments)
    {
        var script = Path.Combine(Repository.Root, "firmware-config", "mosquitto", "provision.sh");
        var start = new ProcessStartInfo("sh", [script, "--folder", File(""), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var sh = Process.Start(start)!;
        var errors = sh.StandardError.ReadToEndAsync();
        var output = sh.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        sh.WaitForExit();
        return (sh.ExitCode, output);
    }

    private string File(string name) => Path.Combine(folder, "site", name);

    private string Read(string name) => System.IO.File.ReadAllText(File(name));

    private string[] Files(string part) =>
        [.. Directory.GetFiles(File(part), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(File(part), file)).Order(StringComparer.Ordinal)];

    private string[] State() =>
        [.. Directory.GetFileSystemEntries(File(""), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(entry => $"{entry} {System.IO.File.GetLastWriteTimeUtc(entry):O} {System.IO.File.GetUnixFileMode(entry)}")];
}
