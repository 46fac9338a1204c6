using System.Net;
using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Server.Identity;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Identity;

public sealed class DevicePolicyTests : IDisposable
{
    private static readonly DeviceId Device = new("pi-001");

    private readonly TempFolder _folder = new();
    private readonly Certificates _authority = new();
    private readonly DevicePolicy _policy;

    public DevicePolicyTests()
    {
        var secrets = new DeviceSecrets(_folder.File(""));
        secrets.Set(Device, "secret");
        _policy = new DevicePolicy(device => device == Device, secrets);
    }

    [Theory]
    [InlineData("pi-001", "secret", null)]
    [InlineData("pi-001", null, "pi-001")]
    [InlineData(null, null, "pi-001")]
    [InlineData("pi-001", "not looked at", "pi-001")]
    public void Device_WithSecretOrCertificate_IsItself(string? user, string? secret, string? commonName) =>
        Connect(user, secret, commonName).Should().Be(new ConnectDecision.Accepted("pi-001"));

    [Theory]
    [InlineData("pi-001", "wrong", null, "the secret of device pi-001 is wrong or missing; give it a new one with 'device-secret pi-001'")]
    [InlineData("pi-001", null, null, "the secret of device pi-001 is wrong or missing*")]
    [InlineData("pi-002", "secret", null, "device pi-002 is not in the fleet file; enrol it there")]
    [InlineData(null, null, null, "the user name '' is not a device's name*")]
    [InlineData("pi 1", "secret", null, "the user name 'pi 1' is not a device's name; set it to the name in the fleet file")]
    [InlineData("pi-002", null, "pi-001", "its certificate is device pi-001's, and its user name is 'pi-002'; leave the user name out*")]
    [InlineData("pi-001", "secret", "pi-002", "device pi-002 is not in the fleet file*")]
    [InlineData("pi-001", "secret", "pi 1", "its certificate 'CN=pi 1' has no device's name*")]
    public void Stranger_IsRefusedWithTheCure(string? user, string? secret, string? commonName, string reason) =>
        Connect(user, secret, commonName).Should().BeOfType<ConnectDecision.Refused>().Which.Reason.Should().Match(reason);

    [Fact]
    public void Certificate_WithTwoNames_IsNobodys() => // pi-001 must not be able to become another by a second name.
        Connect(null, null, "pi-001, CN=pi-002").Should().BeOfType<ConnectDecision.Refused>().Which.Reason.Should().Contain("one common name");

    [Fact]
    public void Refusal_DoesNotRepeatALongName() =>
        Connect(new string('x', 10_000), null, null).Should().BeOfType<ConnectDecision.Refused>().Which.Reason.Length.Should().BeLessThan(200);

    [Theory]
    [InlineData("coldchain/v1/pi-001/up/live", true)]
    [InlineData("coldchain/v1/pi-002/up/live", false)]
    [InlineData("coldchain/v1/pi-001/down/ack", false)]
    [InlineData("coldchain/v1/pi-0011/up/live", false)]
    [InlineData("other", false)]
    public void Device_PublishesBelowItsOwnUp(string topic, bool may) => _policy.MayPublish("pi-001", topic).Should().Be(may);

    [Theory]
    [InlineData("coldchain/v1/pi-001/down/#", true)]
    [InlineData("coldchain/v1/pi-002/down/ack", false)]
    [InlineData("coldchain/v1/+/down/ack", false)]
    [InlineData("#", false)]
    public void Device_SubscribesBelowItsOwnDown(string filter, bool may) => _policy.MaySubscribe("pi-001", filter).Should().Be(may);

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private ConnectDecision Connect(string? user, string? secret, string? commonName) => _policy.Connect(new ConnectAttempt(
        "client",
        user,
        secret is null ? null : Encoding.UTF8.GetBytes(secret),
        commonName is null ? null : _authority.Issue(commonName),
        new IPEndPoint(IPAddress.Loopback, 1)));
}
