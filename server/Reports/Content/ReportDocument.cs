using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;

namespace ColdChain.Server.Reports.Content;

/// <summary>A report as it is given out: its content, the hash of that, and who signed it.</summary>
public sealed record ReportDocument
{
    public required ReportContent Content { get; init; }

    /// <summary>SHA-256 of the content's JSON, as lower-case hexadecimal digits: what signatures are bound to.</summary>
    public required string Sha256 { get; init; }

    /// <summary>From 1; 0 for a draft, which nobody has signed.</summary>
    public required int Revision { get; init; }

    /// <summary>When the content was put together.</summary>
    public required Instant MadeAt { get; init; }

    /// <summary>In the order in which they were given.</summary>
    public required IReadOnlyList<SignatureContent> Signatures { get; init; }

    /// <summary>When it was noticed that the content has changed since, so that no signature counts any more; null while they count.</summary>
    public Instant? VoidAt { get; init; }

    /// <summary>Why, in English; null likewise.</summary>
    public string? VoidReason { get; init; }

    /// <summary>True when nothing of it is signed.</summary>
    public bool IsDraft => Revision == 0;
}

/// <summary>A signature (21 CFR 11.50): who, when, and what it means, bound to the content by its hash (11.70).</summary>
/// <param name="Meaning">What it means.</param>
/// <param name="Account">The account.</param>
/// <param name="Name">The person's name as it was then.</param>
/// <param name="At">When.</param>
/// <param name="Zone">The IANA name of the zone in which the person read the time.</param>
/// <param name="Sentence">What was signed, in English.</param>
/// <param name="Sha256">Of the content that the person saw.</param>
public sealed record SignatureContent(SignatureMeaning Meaning, string Account, string Name, Instant At, string Zone, string Sentence, string Sha256);
