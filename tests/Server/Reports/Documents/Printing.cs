using ColdChain.Server.Html;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Documents;
using ColdChain.Server.Reports.Wording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Reports.Documents;

/// <summary>Writes reports as the server would.</summary>
internal static class Printing
{
    public static ReportTexts French { get; } = ReportTexts.Of(Texts.Find("fr")!);

    public static ReportTexts English { get; } = ReportTexts.Of(Texts.Find("en")!);

    /// <summary>The key that documents name.</summary>
    public static BundleKey Key { get; } = new("audit-key.pub.pem", new string('c', 64));

    public static async Task<string> WriteAsync(ReportDocument document, ReportTexts texts)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        return await new ReportHtml(new PageRenderer(services, NullLoggerFactory.Instance), Key).WriteAsync(document, texts);
    }

    /// <summary>What comes before the tables: the first page begins with it.</summary>
    public static string PageOne(string html) => html[..html.IndexOf("data-part=\"page-two\"", StringComparison.Ordinal)];

    /// <summary>What a reader sees of some HTML.</summary>
    public static string Seen(string html) => System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(html, "<style.*?</style>|<[^>]*>", " ", System.Text.RegularExpressions.RegexOptions.Singleline));
}
