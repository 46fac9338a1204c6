using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Transport;

/// <summary>The other side's certificate was looked at and refused; the message names the certificate, the reason and the cure.</summary>
internal sealed class CertificateRefusedException(string message) : AuthenticationException(message);

/// <summary>Why a certificate is refused, in words for a person.</summary>
internal static class CertificateRefusal
{
    private const X509ChainStatusFlags Untrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    /// <summary>The reasons with their cures; null when nothing is wrong.</summary>
    /// <param name="shown">What the other side showed; null for nothing.</param>
    /// <param name="chain">How it was verified.</param>
    /// <param name="errors">What is wrong.</param>
    /// <param name="name">The name that it has to carry.</param>
    public static string? Explain(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors, string name = "")
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        if (shown is not X509Certificate2 certificate || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "it shows no certificate, and one is required here: give it one";
        }

        IEnumerable<string> reasons = errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? ChainReasons(certificate, chain) : [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            reasons = reasons.Append($"is for {Names(certificate)}, not for '{name}': connect by a name that it has, or have one made for this name");
        }

        return $"its certificate '{ShownName.Of(certificate.Subject)}' {string.Join("; and ", reasons)}";
    }

    private static IEnumerable<string> ChainReasons(X509Certificate2 certificate, X509Chain? chain)
    {
        var statuses = chain?.ChainStatus ?? [];
        if (statuses.Any(status => (status.Status & Untrusted) != 0))
        {
            yield return $"comes from the authority '{ShownName.Of(certificate.Issuer)}', which is unknown here: trust that authority, or have one made by a trusted one";
        }

        foreach (var element in chain?.ChainElements.Where(IsOutOfTime) ?? [])
        {
            var whose = element.Certificate.Equals(certificate) ? "" : $"comes from '{ShownName.Of(element.Certificate.Subject)}', which ";
            yield return whose + OutOfTime(element.Certificate, chain!.ChainPolicy.VerificationTime); // The element is one of its.
        }

        foreach (var status in statuses.Where(status => (status.Status & ~Untrusted & ~X509ChainStatusFlags.NotTimeValid) != 0))
        {
            yield return $"is not valid here ({status.Status}: {status.StatusInformation.Trim()}): have one made for this use";
        }
    }

    private static bool IsOutOfTime(X509ChainElement element) =>
        element.ChainElementStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid));

    private static string OutOfTime(X509Certificate2 certificate, DateTime now) => now < certificate.NotBefore
        ? $"is valid from {Utc(certificate.NotBefore)} on only, and the clock here says {Utc(now)}: set the clock"
        : $"expired at {Utc(certificate.NotAfter)}; the clock here says {Utc(now)}: have a new one made";

    private static string Utc(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())))
            .ToList();
        return names.Count == 0 ? "no name" : $"'{string.Join("', '", names.Select(ShownName.Of))}'";
    }
}
