using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ColdChain.Hosting.Configuration;
using ColdChain.Hosting.Connections;

namespace ColdChain.Hosting.Tests.Connections;

public sealed class ConnectionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Connection_WithEverything_IsRead()
    {
        WritePair("own");
        _folder.Write("password", "s3cret\n");

        var (connection, errors) = Read("host: h\nuser: u\npasswordFile: password\ncaFile: own.pem\ncertificateFile: own.pem\nkeyFile: own.key\n");

        errors.Should().BeEmpty();
        connection.Should().BeEquivalentTo(new { Host = "h", Port = 8883, User = "u", Password = "s3cret" });
        connection.Tls!.Roots.Should().ContainSingle();
        connection.Tls.Certificate!.HasPrivateKey.Should().BeTrue();
    }

    [Theory]
    [InlineData("host: h", 8883)]
    [InlineData("host: h\ntls: false", 1883)]
    [InlineData("host: h\ntls: false\nport: 7", 7)]
    public void Port_FollowsFromTls(string keys, int port) => Read(keys).Connection.Port.Should().Be(port);

    [Theory]
    [InlineData("port: 1", "'host' is missing")]
    [InlineData("host: h\ntls: false\ncaFile: own.pem", "'caFile' has no meaning with 'tls: false'")]
    [InlineData("host: h\npasswordFile: empty", "is empty")]
    [InlineData("host: h\npasswordFile: own.pem", "'passwordFile' without 'user'")]
    [InlineData("host: h\ncertificateFile: own.pem", "'certificateFile' without 'keyFile'")]
    [InlineData("host: h\nkeyFile: own.key", "'keyFile' without 'certificateFile'")]
    [InlineData("host: h\ncaFile: empty", "holds no certificate")]
    [InlineData("host: h\ncaFile: nowhere.pem", "there is no file")]
    [InlineData("host: h\ncertificateFile: own.pem\nkeyFile: other.key", "cannot be used together")]
    [InlineData("host: h\ncertificateFile: empty\nkeyFile: own.key", "cannot be used together")]
    [InlineData("host: h\nhots: g", "'hots' is not a key that is known here")]
    public void WrongKey_IsAnErrorWithItsCure(string keys, string error)
    {
        WritePair("own");
        WritePair("other");
        _folder.Write("empty", "");

        Read(keys).Errors.Should().Contain(text => text.Contains(error) && text.Contains("; ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("broker.example", "secret", false, true)]
    [InlineData("10.0.0.5", "secret", false, true)]
    [InlineData("10.0.0.5", "secret", true, false)]
    [InlineData("10.0.0.5", null, false, false)]
    [InlineData("127.0.0.1", "secret", false, false)]
    [InlineData("::1", "secret", false, false)]
    [InlineData("localhost", "secret", false, false)]
    public void PasswordInClearText_ToAnotherMachine_IsAWarning(string host, string? password, bool isSecure, bool isWarned) =>
        (new Connection(host, 1, "u", password, isSecure ? new ConnectionTls([], null) : null).Warning is not null).Should().Be(isWarned);

    public void Dispose() => _folder.Dispose();

    private (Connection Connection, IReadOnlyList<string> Errors) Read(string keys)
    {
        var file = ConfigFile.Read(_folder.Write("c.yaml", keys), new Overrides());
        return (Connection.Read(file.Root, plainPort: 1883, tlsPort: 8883), file.Errors.Texts);
    }

    private void WritePair(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _folder.Write($"{name}.pem", certificate.ExportCertificatePem());
        _folder.Write($"{name}.key", key.ExportPkcs8PrivateKeyPem());
    }
}
