using ColdChain.Core.Readings;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>What a bundle says of itself (<c>bundle.json</c>).</summary>
internal sealed record BundleHead
{
    /// <summary>The form of bundles that this version writes and verifies.</summary>
    public const int CurrentForm = 1;

    /// <summary>What all this is worth.</summary>
    public const string Worth = "decision support, not validated";

    public required int Form { get; init; }

    /// <summary>The number of the report.</summary>
    public required string Number { get; init; }

    /// <summary>Its revision, from 1; 0 for a draft, which nobody has signed.</summary>
    public required int Revision { get; init; }

    /// <summary>SHA-256 of <c>report.json</c>, as lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The id of the record store that it was taken from.</summary>
    public required string Store { get; init; }

    /// <summary>When the content of the report was put together.</summary>
    public required Instant MadeAt { get; init; }

    /// <summary>As of when samples, packs and audit trail were read from the record store: once the report is void, they are others than those that it was made from.</summary>
    public required Instant ReadAt { get; init; }

    /// <summary>When it was noticed that the content has changed since, so that no signature counts any more; null while they count.</summary>
    public Instant? VoidAt { get; init; }

    /// <summary>Why, in English; null likewise.</summary>
    public string? VoidReason { get; init; }

    /// <summary>The program that wrote the bundle, with its version.</summary>
    public required string Program { get; init; }

    public required string Statement { get; init; }
}
