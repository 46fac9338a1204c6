using ColdChain.Core.Reporting;

namespace ColdChain.Server.Reports;

/// <summary>How reports are dealt with at this place.</summary>
internal sealed record ReportOptions
{
    /// <summary>By when they are to be signed.</summary>
    public ReportDue Due { get; init; } = ReportDue.Default;

    /// <summary>The browser that writes PDF; null for none.</summary>
    public string? Chromium { get; init; }

    /// <summary>False where that browser cannot make a sandbox of its own, because it is in one already.</summary>
    public bool ChromiumSandbox { get; init; } = true;
}
