using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ColdChain.Mqtt.Tests;

/// <summary>A small certification authority, made anew for each test.</summary>
internal sealed class Certificates : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly List<X509Certificate2> issued = [];

    public Certificates(string name = "ColdChain test root")
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        Root = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Issue(string commonName)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(commonName);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var publicPart = request.Create(Root, Now.AddHours(-1), Now.AddHours(1), RandomNumberGenerator.GetBytes(8));
        var certificate = publicPart.CopyWithPrivateKey(own);
        issued.Add(certificate);
        return certificate;
    }

    public void Dispose()
    {
        issued.ForEach(certificate => certificate.Dispose());
        Root.Dispose();
        key.Dispose();
    }
}
