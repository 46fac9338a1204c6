using System.Security.Cryptography.X509Certificates;

namespace ColdChain.Mqtt.Transport;

/// <summary>Trust in a few named authorities and no others.</summary>
internal static class TrustedRoots
{
    /// <summary>
    /// The policy for verifying what the other side shows. Nothing is fetched from the addresses that its certificates name: a stranger would
    /// choose where this process connects.
    /// </summary>
    public static X509ChainPolicy Only(IReadOnlyList<X509Certificate2> roots)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(roots.ToArray());
        return policy;
    }
}
