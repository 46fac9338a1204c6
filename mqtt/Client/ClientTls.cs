using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ColdChain.Mqtt.Client;

/// <summary>The client's side of TLS.</summary>
internal static class ClientTls
{
    /// <summary>Wraps a stream, which it owns from here on, failed or not.</summary>
    public static async Task<Stream> OpenAsync(Stream plain, MqttClientTls tls, string host, CancellationToken cancellation)
    {
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsClientAsync(Options(tls, host), cancellation);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private static SslClientAuthenticationOptions Options(MqttClientTls tls, string host) => new()
    {
        TargetHost = tls.ServerName ?? host,
        ClientCertificates = tls.ClientCertificate is { } own ? [own] : null,
        CertificateChainPolicy = tls.Roots.Count > 0 ? ChainPolicy(tls.Roots) : null,
    };

    private static X509ChainPolicy ChainPolicy(IReadOnlyList<X509Certificate2> roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots.ToArray());
        return policy;
    }
}
