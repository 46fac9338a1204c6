using System.Net.Security;
using ColdChain.Mqtt.Transport;

namespace ColdChain.Mqtt.Client;

/// <summary>The client's side of TLS.</summary>
internal static class ClientTls
{
    /// <summary>Wraps a stream, which it owns from here on, failed or not.</summary>
    public static async Task<Stream> OpenAsync(Stream plain, MqttClientTls tls, string host, CancellationToken cancellation)
    {
        var name = tls.ServerName ?? host;
        var handshake = new TlsHandshake(name, needsCertificate: true);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = name,
            ClientCertificates = tls.ClientCertificate is { } own ? [own] : null,
            CertificateChainPolicy = tls.Roots.Count > 0 ? TrustedRoots.Only(tls.Roots) : null,
            RemoteCertificateValidationCallback = handshake.Accept,
        };
        return await handshake.RunAsync(plain, stream => stream.AuthenticateAsClientAsync(options, cancellation));
    }
}
