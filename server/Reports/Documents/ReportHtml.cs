using System.Globalization;
using System.Text;
using ColdChain.Core.Reporting;
using ColdChain.Server.Html;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Wording;

namespace ColdChain.Server.Reports.Documents;

/// <summary>
/// Writes a report as one HTML document that needs nothing else: its style is inside, it runs no script and loads nothing, so that it looks the same on a
/// screen, on paper and out of an archive in ten years.
/// </summary>
internal sealed class ReportHtml(PageRenderer renderer)
{
    /// <summary>How the command that verifies a bundle is called.</summary>
    public const string VerifyCommand = "dotnet ColdChain.Server.dll verify-bundle";

    /// <summary>The key that it is verified with: without one, anybody could have signed it.</summary>
    public const string VerifyKey = "--key audit-key.pub.pem";

    private const string StyleResource = "Reports/print.css";

    // Enough of a hash to compare by eye at the foot of a page; the whole of it stands at the end.
    private const int HashDigits = 16;

    private static readonly Lazy<string> Style = new(ReadStyle);

    /// <summary>The document in a language.</summary>
    public async Task<string> WriteAsync(ReportDocument document, ReportTexts texts)
    {
        var parameters = new Dictionary<string, object?>
        {
            ["Document"] = document,
            ["Texts"] = texts,
            ["Style"] = $"{Style.Value}\n{PageStyle(document, texts)}",
        };
        var html = document.Content.Kind switch
        {
            ReportKind.Excursion => await renderer.RenderAsync<ExcursionReport>(parameters),
            ReportKind.UnitPeriod or ReportKind.SitePeriod => await renderer.RenderAsync<PeriodReport>(parameters),
            ReportKind.Alarms => await renderer.RenderAsync<AlarmsReport>(parameters),
            _ => throw new ArgumentOutOfRangeException(nameof(document), document.Content.Kind, "There is no such kind."),
        };
        return $"<!DOCTYPE html>\n{html}";
    }

    // What stands in the margins of each page. It differs from report to report, so that it cannot be in the style sheet.
    private static string PageStyle(ReportDocument document, ReportTexts texts)
    {
        var number = $"{document.Content.Number} · {texts.Fill(texts.Revision, document.Revision)}";
        var state = document.VoidAt is not null ? texts.Void : document.IsDraft ? texts.Draft : "";
        return $$"""
            @page {
              @top-left { content: {{Quoted(number)}}; }
              @top-center { content: {{Quoted(state)}}; }
              @top-right { content: {{Quoted(texts.Common.Intended)}}; }
              @bottom-left { content: {{Quoted($"SHA-256 {document.Sha256[..Math.Min(HashDigits, document.Sha256.Length)]}…")}}; }
              @bottom-center { content: {{Quoted(ReportFiles.HasBundle(document.Content) ? VerifyCommand : "")}}; }
              @bottom-right { content: {{Quoted($"{texts.PageWord} ")}} counter(page) " / " counter(pages); }
            }
            """;
    }

    // A string of CSS: whatever is no letter or digit is written by its number, so that nothing ends the string or the style.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            _ = Rune.IsLetterOrDigit(rune) ? quoted.Append(rune) : quoted.Append(CultureInfo.InvariantCulture, $"\\{rune.Value:x} ");
        }

        return quoted.Append('"').ToString();
    }

    private static string ReadStyle()
    {
        using var stream = typeof(ReportHtml).Assembly.GetManifestResourceStream(StyleResource)
            ?? throw new InvalidOperationException($"The assembly has no {StyleResource}; build the server anew.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
