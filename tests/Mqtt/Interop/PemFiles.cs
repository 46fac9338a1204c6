using System.Security.Cryptography.X509Certificates;

namespace ColdChain.Mqtt.Tests.Interop;

/// <summary>A root and a certificate with its key as files, as mosquitto wants them.</summary>
internal sealed class PemFiles : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("coldchain-pem-").FullName;

    public PemFiles(X509Certificate2 root, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey() ?? throw new ArgumentException("The certificate has no key.", nameof(certificate));
        File.WriteAllText(Root, root.ExportCertificatePem());
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
    }

    public string[] ToolArguments => ["--cafile", Root, "--cert", Certificate, "--key", Key];

    public string[] BrokerSettings => [$"cafile {Root}", $"certfile {Certificate}", $"keyfile {Key}", "require_certificate true", "use_identity_as_username true"];

    public string Root => Path.Combine(folder, "root.pem");

    public string Certificate => Path.Combine(folder, "certificate.pem");

    public string Key => Path.Combine(folder, "key.pem");

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
