using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ColdChain.Mqtt.Transport;

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

        var handshake = new TlsHandshake(peerName: "", tls.RequireClientCertificate);
        var secure = await handshake.RunAsync(plain, stream => stream.AuthenticateAsServerAsync(Options(tls, handshake), cancellation));
        return (secure, secure.RemoteCertificate is null ? null : new X509Certificate2(secure.RemoteCertificate));
    }

    private static SslServerAuthenticationOptions Options(MqttListenerTls tls, TlsHandshake handshake) => new()
    {
        ServerCertificate = tls.Certificate,
        ClientCertificateRequired = tls.ClientRoots.Count > 0, // Asks for one; whether it may be absent, the handshake decides.
        CertificateChainPolicy = TrustedRoots.Only(tls.ClientRoots),
        RemoteCertificateValidationCallback = handshake.Accept,
    };
}
