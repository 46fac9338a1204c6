using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ColdChain.Tests.Shared;

/// <summary>A small certification authority, made anew for each test, or one that a file holds.</summary>
internal sealed class Certificates : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly List<X509Certificate2> issued = [];

    public Certificates(string name = "ColdChain test root")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        Root = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
    }

    /// <param name="root">An authority with its private key.</param>
    public Certificates(X509Certificate2 root) => Root = root;

    public X509Certificate2 Root { get; }

    /// <summary>A certificate that is valid now.</summary>
    public X509Certificate2 Issue(string commonName) => Issue(commonName, Now.AddHours(-1), Now.AddHours(1));

    /// <summary>One whose time is over.</summary>
    public X509Certificate2 IssueExpired(string commonName) => Issue(commonName, Now.AddHours(-2), Now.AddHours(-1));

    /// <summary>One whose time has not come: what a device with a clock that is slow sees.</summary>
    public X509Certificate2 IssueForLater(string commonName) => Issue(commonName, Now.AddHours(1), Now.AddHours(2));

    public void Dispose()
    {
        issued.ForEach(certificate => certificate.Dispose());
        Root.Dispose();
    }

    private X509Certificate2 Issue(string commonName, DateTimeOffset from, DateTimeOffset to)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(commonName);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        // By the name and the key: given the authority's certificate, it would not make one older than that, which a test wants at times.
        using var authority = Root.GetECDsaPrivateKey() ?? throw new InvalidOperationException("The authority has no private key.");
        using var publicPart = request.Create(
            Root.SubjectName, X509SignatureGenerator.CreateForECDsa(authority), from, to, RandomNumberGenerator.GetBytes(8));
        var certificate = publicPart.CopyWithPrivateKey(own);
        issued.Add(certificate);
        return certificate;
    }
}
