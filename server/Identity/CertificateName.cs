using System.Security.Cryptography.X509Certificates;

namespace ColdChain.Server.Identity;

/// <summary>The name that a device's certificate vouches for.</summary>
internal static class CertificateName
{
    private const string CommonName = "2.5.4.3";

    /// <summary>Its subject's common name (CN); null when it has none, or several: then it is not said which is meant.</summary>
    public static string? Of(X509Certificate2 certificate)
    {
        var names = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == CommonName)
            .Select(part => part.GetSingleElementValue())
            .ToList();
        return names.Count == 1 ? names[0] : null;
    }
}
