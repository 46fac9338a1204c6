using ColdChain.Server.Reports.Wording;

namespace ColdChain.Server.Reports.Documents;

/// <summary>How a part of a report writes: in which language, and in which zone beside UTC.</summary>
public sealed record PrintFrame(ReportTexts Texts, TimeZoneInfo Zone);
