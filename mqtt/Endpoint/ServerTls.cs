using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace ColdChain.Mqtt.Endpoint;

/// <summary>The bytes of an accepted socket, plain or through TLS.</summary>
internal static class ServerTls
{
    /// <summary>Opens the stream, and gives the client's certificate when it showed a valid one.</summary>
    public static async Task<(Stream Stream, X509Certificate2? ClientCertificate)> OpenAsync(
        Socket socket, MqttListenerTls? tls, CancellationToken cancellation)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (tls is null)
        {
            return (plain, null);
        }

        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsServerAsync(Options(tls), cancellation);
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }

        return (secure, secure.RemoteCertificate is null ? null : new X509Certificate2(secure.RemoteCertificate));
    }

    private static SslServerAuthenticationOptions Options(MqttListenerTls tls) => new()
    {
        ServerCertificate = tls.Certificate,
        ClientCertificateRequired = tls.ClientRoots.Count > 0, // Asks for one; whether it may be absent is decided below.
        CertificateChainPolicy = ChainPolicy(tls.ClientRoots),
        RemoteCertificateValidationCallback = (_, _, _, errors) =>
            errors == SslPolicyErrors.None || (errors == SslPolicyErrors.RemoteCertificateNotAvailable && !tls.RequireClientCertificate),
    };

    private static X509ChainPolicy ChainPolicy(IReadOnlyList<X509Certificate2> roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots.ToArray());
        return policy;
    }
}
