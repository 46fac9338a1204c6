using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>Signs a text with the server's key.</summary>
/// <param name="text">What is signed; its first line says for what purpose.</param>
/// <returns>ECDSA over P-256 and SHA-256 of the text's UTF-8, as DER, base64; and the public half of the key, PEM with a line end.</returns>
internal delegate (string Base64, string PublicPem) SignBundle(string text);

/// <summary>What a bundle is made of beside what is in the record store.</summary>
internal sealed record BundleSource
{
    /// <summary>The report with its signatures.</summary>
    public required ReportDocument Document { get; init; }

    /// <summary>The bytes of its content, exactly as they were hashed.</summary>
    public required ReadOnlyMemory<byte> Report { get; init; }

    /// <summary>The report as people read it, in any number of forms.</summary>
    public required IReadOnlyList<BundleFile> Rendered { get; init; }

    /// <summary>As of when samples, packs and the audit trail are read. What came since the report was made is among them.</summary>
    public required Instant ReadAt { get; init; }

    /// <summary>The time of which packs are taken: as far as the samples reach, which is beyond both ends of the report.</summary>
    public required SpanContent Reach { get; init; }

    /// <summary>The devices that the probes and signals of the storage unit hang on; those that the report names are taken as well.</summary>
    public required IReadOnlyList<DeviceId> Devices { get; init; }

    /// <summary>Every sample with what it counted for; gone through once, while the bundle is written.</summary>
    public required IEnumerable<BundleSample> Samples { get; init; }
}

/// <summary>A file that the caller has made.</summary>
/// <param name="Name">Its name in the bundle, by <see cref="StoredZip.IsName"/>.</param>
/// <param name="Open">Opens its contents, which are read once and disposed of.</param>
internal sealed record BundleFile(string Name, Func<Stream> Open)
{
    /// <summary>A file that is in memory already.</summary>
    public BundleFile(string name, byte[] contents)
        : this(name, () => new MemoryStream(contents, writable: false))
    {
    }
}

/// <summary>A sample as it was judged: a line of <c>samples.csv</c>.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Role"><c>load</c> or <c>air</c>.</param>
/// <param name="At">When it was measured.</param>
/// <param name="MeasuredMilli">The temperature as measured, in thousandths of a degree; null for none.</param>
/// <param name="OffsetMilli">What its calibration adds to that.</param>
/// <param name="Counts">Whether it counted, or why not: a word of lower-case letters, digits and dashes, such as <c>good</c> or <c>probe-spike</c>.</param>
internal sealed record BundleSample(string Probe, string Role, Instant At, int? MeasuredMilli, int OffsetMilli, string Counts);
