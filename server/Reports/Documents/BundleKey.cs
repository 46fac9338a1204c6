using ColdChain.Server.Reports.Wording;

namespace ColdChain.Server.Reports.Documents;

/// <summary>The public key with which bundles of this server are verified, as paper names it: from a safe, paper tells years later which key that was.</summary>
/// <param name="FileName">How its file is called.</param>
/// <param name="Sha256">SHA-256 of it (SubjectPublicKeyInfo, DER), in lower-case hexadecimal digits.</param>
public sealed record BundleKey(string FileName, string Sha256)
{
    /// <summary>
    /// The command that verifies a bundle, whole: without the key of the server it finds nothing wrong with a bundle that somebody has made himself, and
    /// signed with a key of his own.
    /// </summary>
    public string CommandIn(ReportTexts texts) => $"dotnet ColdChain.Server.dll verify-bundle {texts.BundleFile} --key {FileName}";
}
