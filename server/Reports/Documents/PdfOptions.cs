namespace ColdChain.Server.Reports.Documents;

/// <summary>With which program reports are printed.</summary>
/// <param name="Chromium">The program, by its path, or by a name that is looked for in the folders of PATH; null for Debian's.</param>
/// <param name="IsSandboxed">False where its sandbox cannot work, as in a container or as root.</param>
internal sealed record PdfOptions(string? Chromium, bool IsSandboxed)
{
    /// <summary>Debian's Chromium in its sandbox.</summary>
    public static PdfOptions Default { get; } = new(null, IsSandboxed: true);
}
