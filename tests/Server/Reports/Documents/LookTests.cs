namespace ColdChain.Server.Tests.Reports.Documents;

public sealed class LookTests
{
    [Fact]
    public async Task Look()
    {
        System.IO.Directory.CreateDirectory("/tmp/looks");
        foreach (var (name, document) in new[] { ("ex", SampleReports.Excursion()), ("site", SampleReports.SitePeriod()), ("unit", SampleReports.UnitPeriod()), ("alarms", SampleReports.Alarms()) })
        {
            foreach (var texts in new[] { Printing.French, Printing.English })
            {
                await File.WriteAllTextAsync($"/tmp/looks/{name}-{texts.Common.Language}.html", await Printing.WriteAsync(document, texts));
            }
        }

        await File.WriteAllTextAsync("/tmp/looks/void-fr.html", await Printing.WriteAsync(SampleReports.Excursion() with { VoidAt = SampleReports.At("2026-11-28T10:00:00Z"), VoidReason = "the excursion has a new version (3)" }, Printing.French));
    }
}
