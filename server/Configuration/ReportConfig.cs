using ColdChain.Core.Reporting;
using ColdChain.Hosting.Configuration;
using ColdChain.Server.Reports;

namespace ColdChain.Server.Configuration;

/// <summary>Reads by when reports are due, and what writes their PDF.</summary>
internal static class ReportConfig
{
    private const int DaysMax = 365;

    public static ReportOptions Read(ConfigSection reports)
    {
        var options = new ReportOptions();
        options = options with
        {
            Due = new ReportDue(Days(reports, "prepareDays", options.Due.Prepare), Days(reports, "reviewDays", options.Due.Review), Days(reports, "approveDays", options.Due.Approve)),
            Chromium = reports.OptionalPath("chromium"),
            ChromiumSandbox = reports.Flag("chromiumSandbox", options.ChromiumSandbox),
        };
        reports.RejectUnknownKeys();
        return options;
    }

    private static TimeSpan Days(ConfigSection reports, string key, TimeSpan fallback) => TimeSpan.FromDays(reports.Whole(key, (int)fallback.TotalDays, min: 1, DaysMax));
}
