using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ColdChain.Mqtt.Transport;

/// <summary>The beginning of TLS, of either side, whose failure says what to do about it.</summary>
/// <param name="peerName">The name that the other side's certificate has to carry; empty when any will do.</param>
/// <param name="needsCertificate">False when the other side may show none.</param>
internal sealed class TlsHandshake(string peerName, bool needsCertificate)
{
    private string? refusal;

    /// <summary>To be the stream's <see cref="RemoteCertificateValidationCallback"/>: remembers why it refuses.</summary>
    public bool Accept(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        var isAbsentAndMayBe = errors == SslPolicyErrors.RemoteCertificateNotAvailable && !needsCertificate;
        refusal = isAbsentAndMayBe ? null : CertificateRefusal.Explain(shown, chain, errors, peerName);
        return refusal is null;
    }

    /// <summary>Wraps a stream, which it owns from here on, failed or not.</summary>
    /// <exception cref="CertificateRefusedException">The other side's certificate is refused.</exception>
    /// <exception cref="AuthenticationException">TLS could not be agreed on, or the connection broke meanwhile.</exception>
    public async Task<SslStream> RunAsync(Stream plain, Func<SslStream, Task> authenticate)
    {
        var secure = new SslStream(plain);
        try
        {
            await ExplainAsync(authenticate(secure));
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private async Task ExplainAsync(Task handshake)
    {
        try
        {
            await handshake;
        }
        catch (AuthenticationException) when (refusal is not null)
        {
            throw new CertificateRefusedException(refusal); // The exception itself says no more than that it was refused.
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            throw new AuthenticationException($"TLS could not be agreed on; does the other side use it on this port? {FailureText.Of(e)}", e);
        }
    }
}
