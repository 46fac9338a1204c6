using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Bundle;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Reports.Documents;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Reports.Sheets;
using ColdChain.Server.Reports.Wording;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports;

/// <summary>A report as it is given out, with the bytes that its hash is of.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Revision">From 1; 0 for a draft.</param>
/// <param name="Document">The report; null when another version of the program wrote it in a form that this one does not know.</param>
/// <param name="Bytes">Its content, as it was hashed.</param>
internal sealed record GivenReport(string Number, int Revision, ReportDocument? Document, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The report, to be put into words.</summary>
    /// <exception cref="RefusalException">This version cannot.</exception>
    public ReportDocument Readable => Document ?? throw ReportRefusals.OtherForm(Number, Revision);

    /// <summary>
    /// The same with times as a reader in another zone knows them, UTC beside them as always. What is signed stays what it is: the bytes, their hash, and where
    /// its period begins and ends.
    /// </summary>
    public GivenReport In(string zone) => Document is { Content: var content }
        ? this with { Document = Document with { Content = content with { Place = content.Place with { Zone = zone } } } }
        : this;

    /// <summary>The name of its file in a format.</summary>
    public string NameOf(ReportFormat format, ReportTexts texts)
    {
        var revision = Revision == 0 ? "draft" : $"r{Revision}";
        var language = ReportFormats.IsInLanguage(format) ? $".{texts.Common.Language}" : "";
        return $"{Number}.{revision}{language}.{ReportFormats.WordOf(format)}";
    }
}

/// <summary>Writes reports in every format.</summary>
internal sealed class ReportFiles(ReportHtml html, ReportPdf pdf, BundleWriter bundles, DraftFolder drafts, RecordStore store, FleetView fleet, IReadOnlyList<DatedPack> packs, TimeProvider clock)
{
    private readonly UnitFiguresReader _figures = new(packs);

    /// <summary>Writes one.</summary>
    /// <exception cref="RefusalException">There is no browser that prints, no bundle of such a report, or no word of it that this version reads.</exception>
    public async Task WriteAsync(GivenReport given, ReportFormat format, ReportTexts texts, Stream output, CancellationToken cancellation)
    {
        switch (format)
        {
            case ReportFormat.Html:
                await output.WriteAsync(Encoding.UTF8.GetBytes(await html.WriteAsync(given.Readable, texts)), cancellation);
                break;
            case ReportFormat.Pdf:
                await pdf.WriteAsync(await html.WriteAsync(given.Readable, texts), output, cancellation);
                break;
            case ReportFormat.Csv:
                await SheetCsv.WriteAsync(ReportSheets.Of(given.Readable, texts), output, cancellation);
                break;
            case ReportFormat.Xlsx:
                await SheetXlsx.WriteAsync(ReportSheets.Of(given.Readable, texts), output, drafts, cancellation);
                break;
            case ReportFormat.Json:
                await output.WriteAsync(given.Bytes, cancellation);
                break;
            case ReportFormat.Zip:
                await WriteBundleAsync(given, output, cancellation);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format));
        }
    }

    /// <summary>True unless the report is too long for a bundle, which would hold the readings of many storage units, or of a year.</summary>
    public static bool HasBundle(ReportNumber number) => number.Kind == ReportKind.Excursion || (number.Kind == ReportKind.UnitPeriod && number.Period.Kind != PeriodKind.Year);

    /// <inheritdoc cref="HasBundle(ReportNumber)"/>
    public static bool HasBundle(ReportContent content) => ReportNumber.TryParse(content.Number, out var number) && HasBundle(number);

    /// <summary>Refuses a bundle of what is too long for one.</summary>
    /// <exception cref="RefusalException">It is.</exception>
    public static void RequireBundle(ReportNumber number)
    {
        if (!HasBundle(number))
        {
            throw new RefusalException(
                RefusalKind.Invalid, "format", $"there is no bundle of {number}: it would hold the readings of too many storage units, or of too long a time", "ask for one of each storage unit and month") { Word = ReportRefusals.NoBundle };
        }
    }

    private async Task WriteBundleAsync(GivenReport given, Stream output, CancellationToken cancellation)
    {
        var rendered = new List<BundleFile>();
        foreach (var texts in ReportTexts.All)
        {
            foreach (var format in new[] { ReportFormat.Html, ReportFormat.Pdf, ReportFormat.Csv, ReportFormat.Xlsx })
            {
                rendered.Add(await RenderedAsync(given, format, texts, cancellation));
            }
        }

        await Task.Run(
            () => store.Read(session =>
            {
                bundles.Write(session, SourceOf(session, given, rendered), output, cancellation);
                return true;
            }),
            cancellation);
    }

    // What proves something must not fail for want of a printer: where there is none that works, the bundle says so. One that is busy is asked again.
    private async Task<BundleFile> RenderedAsync(GivenReport given, ReportFormat format, ReportTexts texts, CancellationToken cancellation)
    {
        var name = $"report.{texts.Common.Language}.{ReportFormats.WordOf(format)}";
        using var written = new MemoryStream();
        try
        {
            await WriteAsync(given, format, texts, written, cancellation);
            return new BundleFile(name, written.ToArray());
        }
        catch (RefusalException refusal) when (refusal.Word != ReportRefusals.Busy)
        {
            return new BundleFile($"{name}.missing.txt", Encoding.UTF8.GetBytes($"{refusal.Message}\n"));
        }
    }

    // Read now, whenever the report was made: what the store held then cannot be told from what came later. The bundle says when.
    private BundleSource SourceOf(StoreSession session, GivenReport given, IReadOnlyList<BundleFile> rendered)
    {
        var document = given.Readable;
        var content = document.Content;
        var unit = UnitOf(given.Number, content.Place);
        var reach = _figures.Reach(unit, content.From, content.To);
        return new BundleSource
        {
            Document = document,
            Report = given.Bytes,
            Rendered = rendered,
            ReadAt = Instant.Now(clock),
            Reach = reach,
            Devices = [.. unit.History.Where(period => period.From < reach.To && period.To > reach.From).SelectMany(period => period.Devices).Distinct()],
            Samples = SamplesOf(session, unit, document),
        };
    }

    // Without it nobody can tell which samples are its own; a bundle that has none of them would look as if there were none.
    private StorageUnit UnitOf(string number, PlaceContent place) => StorageUnitId.TryParse(place.Unit, out var id)
        ? fleet.Current.FindUnit(id) ?? throw ReportRefusals.NotInFleet(number, id)
        : throw new InvalidOperationException($"Report {number} is of no storage unit, and there is no bundle of it.");

    private IEnumerable<BundleSample> SamplesOf(StoreSession session, StorageUnit unit, ReportDocument document) =>
        _figures.Samples(session, unit, new LookedAt(document.Content.From, document.Content.To, document.MadeAt)).Select(sample => new BundleSample(
            sample.Probe.ToString(), sample.Role == ProbeRole.Air ? "air" : "load", sample.At, sample.MeasuredMilli, sample.CalibrationOffsetMilli, sample.Counts));
}
