using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>
/// The parts of a workbook around its worksheets, and where each lies (ECMA-376, part 2). The package is put together here, since a
/// library would write the time and random names into it: so the same workbook is the same bytes.
/// </summary>
internal static class XlsxPackage
{
    private const string Main = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";

    /// <summary>The encoding of every part, without a byte order mark: the declaration says it.</summary>
    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // The first that the format knows.

    /// <summary>Begins a part. One has to be closed before the next is begun.</summary>
    public static Stream Part(ZipArchive zip, string path)
    {
        var entry = zip.CreateEntry(path);
        entry.LastWriteTime = NoTime;
        return entry.Open();
    }

    /// <summary>Where a worksheet lies.</summary>
    /// <param name="number">From 1.</param>
    public static string SheetPath(int number) => string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{number}.xml");

    /// <summary>Writes everything but the worksheets.</summary>
    /// <param name="zip">The package.</param>
    /// <param name="names">The names of the worksheets, in their order.</param>
    public static void WriteRest(ZipArchive zip, IReadOnlyList<string> names)
    {
        var styles = IdOf(names.Count + 1);
        WriteElement(zip, "xl/styles.xml", XlsxLook.Stylesheet());
        WriteElement(zip, "xl/workbook.xml", new Workbook(
            new BookViews(new WorkbookView()),
            new DocumentFormat.OpenXml.Spreadsheet.Sheets(names.Select((name, place) => new DocumentFormat.OpenXml.Spreadsheet.Sheet { Name = name, SheetId = (uint)place + 1, Id = IdOf(place + 1) }))));
        WriteXml(zip, "xl/_rels/workbook.xml.rels", "Relationships", PackageRelations,
        [
            .. names.Select((_, place) => Relation(IdOf(place + 1), "worksheet", SheetPath(place + 1)["xl/".Length..])),
            Relation(styles, "styles", "styles.xml"),
        ]);
        WriteXml(zip, "_rels/.rels", "Relationships", PackageRelations, [Relation(IdOf(1), "officeDocument", "xl/workbook.xml")]);
        WriteXml(zip, "[Content_Types].xml", "Types", ContentTypes,
        [
            new("Default", [("Extension", "rels"), ("ContentType", "application/vnd.openxmlformats-package.relationships+xml")]),
            Type("xl/workbook.xml", "sheet.main+xml"),
            Type("xl/styles.xml", "styles+xml"),
            .. names.Select((_, place) => Type(SheetPath(place + 1), "worksheet+xml")),
        ]);
    }

    private static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"rId{number}");

    private static Entry Relation(string id, string type, string target) => new("Relationship", [("Id", id), ("Type", $"{Relations}/{type}"), ("Target", target)]);

    private static Entry Type(string path, string type) => new("Override", [("PartName", $"/{path}"), ("ContentType", $"{Main}{type}")]);

    private static void WriteElement(ZipArchive zip, string path, OpenXmlElement root)
    {
        using var part = Part(zip, path);
        using var writer = OpenXmlWriter.Create(part, Utf8);
        writer.WriteStartDocument(standalone: true);
        writer.WriteElement(root);
    }

    private static void WriteXml(ZipArchive zip, string path, string root, string space, IEnumerable<Entry> entries)
    {
        using var part = Part(zip, path);
        using var xml = XmlWriter.Create(part, new XmlWriterSettings { Encoding = Utf8 });
        xml.WriteStartDocument(standalone: true);
        xml.WriteStartElement(root, space);
        foreach (var (name, attributes) in entries)
        {
            xml.WriteStartElement(name, space);
            foreach (var (key, value) in attributes)
            {
                xml.WriteAttributeString(key, value);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private readonly record struct Entry(string Name, IReadOnlyList<(string Key, string Value)> Attributes);
}
