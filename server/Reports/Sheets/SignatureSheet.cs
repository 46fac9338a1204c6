using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>Who signed the report. A sheet can be changed by whoever has it, so it bears no signature itself: it tells of those of the content.</summary>
internal static class SignatureSheet
{
    public static Sheet Of(ReportDocument document, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<SignatureContent>(frame, texts.SheetSignatures)
            .Text(texts.SheetMeaning, signature => frame.Texts.Of(signature.Meaning))
            .Text(texts.SheetName, signature => signature.Name)
            .Text(texts.SheetAccount, signature => signature.Account)
            .Time(texts.SheetSignedAt, signature => signature.At)
            .Text(texts.SheetSignedZone, signature => signature.Zone)
            .LongText(texts.SheetSentence, signature => signature.Sentence)
            .LongText(texts.SheetHash, signature => signature.Sha256)
            .YesNo(texts.SheetCounts, signature => document.VoidAt is null && signature.Sha256 == document.Sha256)
            .Of(document.Signatures);
    }
}
