using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>
/// Writes a report with all that it is made from, so that it can be verified on a machine that has neither the server nor its database: see
/// <c>docs/bundle.md</c>. However long the period, no more than one pack is in memory.
/// </summary>
/// <param name="sign">Signs the manifest.</param>
/// <param name="drafts">Where files of which the length is not known yet are kept meanwhile.</param>
internal sealed class BundleWriter(SignBundle sign, DraftFolder drafts)
{
    /// <summary>
    /// Writes the bundle. The store's session is held meanwhile, so that <paramref name="output"/> should be a file: whoever sends it over a network does
    /// that afterwards.
    /// </summary>
    /// <param name="session">The record store, as of one commit.</param>
    /// <param name="source">What is not there.</param>
    /// <param name="output">Where to; it need not be able to seek.</param>
    /// <param name="cancellation">Ends it between two packs; what was written until then is no bundle.</param>
    /// <exception cref="Fleet.RefusalException">The bundle would be larger than its format can say.</exception>
    /// <exception cref="ArgumentException">The content is not the one of the report, or a file or sample has a name that it cannot have.</exception>
    /// <exception cref="InvalidDataException">Something that the report cites is not in the store.</exception>
    public void Write(StoreSession session, BundleSource source, Stream output, CancellationToken cancellation)
    {
        var document = source.Document;
        if (ReportJson.HashOf(source.Report.Span) != document.Sha256)
        {
            throw new ArgumentException($"The content is not the one of report {document.Content.Number}: its hash is not {document.Sha256}.", nameof(source));
        }

        var archive = new BundleArchive(output, drafts);
        archive.Add(BundleNames.Head, BundleJson.Write(HeadOf(source, EventChain.StoreIdOf(session)), BundleJsonContext.Default.BundleHead));
        archive.Add(BundleNames.Report, source.Report.Span);
        archive.Add(BundleNames.Signatures, ReportJson.Write(document.Signatures));
        AddRendered(archive, source.Rendered);
        AddSamples(archive, source.Samples, cancellation);
        AddRules(archive, session, document.Content);
        AddAudit(archive, session, document.Content.Excursion?.Audit ?? []);
        AddReceived(archive, session, source, cancellation);
        archive.Finish(sign);
    }

    private static BundleHead HeadOf(BundleSource source, string store) => new()
    {
        Form = BundleHead.CurrentForm,
        Number = source.Document.Content.Number,
        Revision = source.Document.Revision,
        Sha256 = source.Document.Sha256,
        Store = store,
        MadeAt = source.Document.MadeAt,
        ReadAt = source.ReadAt,
        VoidAt = source.Document.VoidAt,
        VoidReason = source.Document.VoidReason,
        Program = Actor.Software.Name,
        Statement = BundleHead.Worth,
    };

    private static void AddRendered(BundleArchive archive, IReadOnlyList<BundleFile> files)
    {
        foreach (var file in files)
        {
            using var draft = archive.Draft();
            using var contents = file.Open();
            draft.Append(contents);
            archive.Add(file.Name, draft);
        }
    }

    private static void AddSamples(BundleArchive archive, IEnumerable<BundleSample> samples, CancellationToken cancellation)
    {
        using var draft = archive.Draft();
        draft.AppendLine(SampleLine.Header);
        foreach (var sample in samples)
        {
            cancellation.ThrowIfCancellationRequested();
            draft.AppendLine(SampleLine.Of(sample));
        }

        archive.Add(BundleNames.Samples, draft);
    }

    // The bytes of an overlay are its own with those of its base behind them: the hash that is cited covers both.
    private static void AddRules(BundleArchive archive, StoreSession session, ReportContent content)
    {
        var cited = BundleNames.RulesOf(content);
        var stored = cited.Count == 0 ? [] : RulePackStore.All(session);
        foreach (var (name, rule) in cited)
        {
            var row = stored.Find(row => row.Sha256 == rule.Hash) ?? throw new InvalidDataException(
                $"The rule pack {rule.Pack} {rule.Version} with hash {rule.Hash}, which report {content.Number} cites, is not in the record store. Restore the store from a backup that has it.");
            archive.Add(name, row.Bytes.Span);
        }
    }

    private static void AddAudit(BundleArchive archive, StoreSession session, IReadOnlyList<AuditContent> events)
    {
        using var draft = archive.Draft();
        foreach (var told in events)
        {
            var linked = EventLog.Linked(session, told.Id)
                ?? throw new InvalidDataException($"Event {told.Id}, which the report names, is not in the record store; events are never deleted. Restore the store from a backup.");
            draft.Append(BundleJson.Write(AuditLine.Of(linked), BundleJsonContext.Default.AuditLine));
            draft.Append("\n"u8);
        }

        archive.Add(BundleNames.Audit, draft);
    }

    private static void AddReceived(BundleArchive archive, StoreSession session, BundleSource source, CancellationToken cancellation)
    {
        using var received = new ReceivedWriter(archive);
        foreach (var device in ReceivedPacks.DevicesOf(source.Document.Content, source.Devices))
        {
            received.Add(session, device, source.Reach.From, source.Reach.To, cancellation);
        }

        received.Finish();
    }
}
