using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Tests.Reports;

/// <summary>
/// Three reports in which nearly all happens that can: an excursion with a gap, faults, a late discovery and a re-opened decision; a week of two storage
/// units, one of them in order; a month of alarms. The same each time.
/// </summary>
internal static class SampleReports
{
    public const string Zone = "Africa/Casablanca";

    /// <summary>What a spreadsheet would run, were it not written as text.</summary>
    public const string Formula = "=cmd()";

    /// <summary>What a browser would run, were it not encoded.</summary>
    public const string Script = "<script>alert(1)</script>";

    public static readonly Instant From = At("2026-11-25T21:12:30Z");
    public static readonly Instant Start = At("2026-11-26T01:12:30Z");
    public static readonly Instant Peak = At("2026-11-26T03:02:30Z");
    public static readonly Instant End = At("2026-11-26T04:24:37Z");
    public static readonly Instant To = At("2026-11-26T08:24:37Z");

    /// <summary>When nothing was heard of the probe that the excursion is of.</summary>
    public static readonly SpanContent Gap = new(At("2026-11-25T23:07:30Z"), At("2026-11-25T23:52:30Z"));

    /// <summary>An excursion in its second version, signed by three.</summary>
    public static ReportDocument Excursion() => Signed(ExcursionContent(), At("2026-11-27T09:15:00Z"));

    /// <summary>An excursion as most are: a load probe and one of air, found while it went on, nothing left out, and decided about once.</summary>
    public static ReportDocument UsualExcursion()
    {
        var content = ExcursionContent();
        var excursion = content.Excursion!; // The sample has one.
        return Signed(
            content with
            {
                Excursion = excursion with
                {
                    Finding = excursion.Finding with { Version = 1, FoundAfter = null, Reason = null },
                    Versions = [excursion.Versions[1] with { Version = 1, FoundAfter = null, Reason = null }],
                    Probes = [excursion.Probes[0], excursion.Probes[2]],
                    Excluded = [],
                    Timeline = [.. excursion.Timeline.Where(entry => entry.Kind is not (TimelineKinds.Changed or TimelineKinds.Reopened))],
                    BloodUnits = [.. excursion.BloodUnits.Select(Decided)],
                },
            },
            At("2026-11-27T09:15:00Z"));
    }

    /// <summary>A week of a site with two storage units, prepared and not reviewed yet.</summary>
    public static ReportDocument SitePeriod() => Signed(SampleUnits.Site(), At("2026-11-30T08:00:00Z")) is var document
        ? document with { Signatures = [document.Signatures[0]] }
        : throw new InvalidOperationException("There is always a document.");

    /// <summary>The first storage unit of the same week, which nobody has signed.</summary>
    public static ReportDocument UnitPeriod() => Draft(SampleUnits.Unit(), At("2026-11-30T08:00:00Z"));

    /// <summary>The alarms of November at one site, which nobody has signed.</summary>
    public static ReportDocument Alarms() => Draft(SampleAlarms.Month(), At("2026-12-01T07:30:00Z"));

    /// <summary>The same content as a report that nobody has signed.</summary>
    public static ReportDocument Draft(ReportContent content, Instant madeAt) => new()
    {
        Content = content,
        Sha256 = ReportJson.HashOf(ReportJson.Write(content)),
        Revision = 0,
        MadeAt = madeAt,
        Signatures = [],
    };

    /// <summary>The same content, signed by three.</summary>
    public static ReportDocument Signed(ReportContent content, Instant madeAt)
    {
        var draft = Draft(content, madeAt);
        return draft with
        {
            Revision = 2,
            Signatures =
            [
                Signature(SignatureMeaning.Prepared, "s.benali", "Salma Benali", madeAt + TimeSpan.FromMinutes(20), draft.Sha256),
                Signature(SignatureMeaning.Reviewed, "y.amrani", "Youssef El Amrani", madeAt + TimeSpan.FromHours(5), draft.Sha256),
                Signature(SignatureMeaning.Approved, "n.alaoui", "Dr Nadia Alaoui", madeAt + TimeSpan.FromHours(28), draft.Sha256),
            ],
        };
    }

    public static Instant At(string text) => Instant.TryParse(text, out var at) ? at : throw new FormatException($"'{text}' is no instant.");

    public static PlaceContent Place(string unit, string name, string? giai) => new() { Site = "rabat", SiteName = "Centre régional de Rabat", Zone = Zone, Unit = unit, UnitName = name, Giai = giai };

    private static SignatureContent Signature(SignatureMeaning meaning, string account, string name, Instant at, string sha256) =>
        new(meaning, account, name, at, Zone, ReportSigning.SentenceOf(meaning), sha256);

    // Every blood unit of the sample has a hold.
    private static BloodUnitContent Decided(BloodUnitContent unit) =>
        unit with { LeftBefore = false, OutAt = null, Hold = unit.Hold! with { State = "decided", Decisions = [SampleCase.BloodUnits()[0].Hold!.Decisions[1]] } };

    private static ReportContent ExcursionContent() => new()
    {
        Number = "EX-12",
        Kind = ReportKind.Excursion,
        Place = Place("fridge-1", "Réfrigérateur 1, salle de distribution", null),
        From = From,
        To = To,
        IsUnfinished = false,
        Excursion = new ExcursionContent
        {
            Finding = Finding(),
            Versions =
            [
                new VersionContent(1, At("2026-11-26T06:52:10Z"), Start, null, Celsius.FromMilli(8_950), TimeSpan.FromMinutes(95), "current", TimeSpan.FromMinutes(340), null),
                new VersionContent(2, At("2026-11-26T09:41:00Z"), Start, End, Celsius.FromMilli(9_412), End - Start, "current", TimeSpan.FromMinutes(340), "the calibration of load-1 was corrected"),
            ],
            Rules = [SampleUnits.Rule(new SpanContent(From, To))],
            Probes = [SampleProbes.Excursion(), SampleProbes.Second(), SampleProbes.Air()],
            Conditions =
            [
                new ConditionContent("door-open", "door", At("2026-11-26T00:58:00Z"), At("2026-11-26T01:21:00Z"), false),
                new ConditionContent("mains-lost", "mains", At("2026-11-26T01:05:00Z"), At("2026-11-26T03:58:00Z"), true),
                new ConditionContent("air-out", "air-1", At("2026-11-26T01:09:00Z"), At("2026-11-26T04:20:00Z"), false),
            ],
            Excluded =
            [
                new ExcludedContent("load-1", "fault", At("2026-11-26T05:10:00Z"), At("2026-11-26T05:20:00Z"), 3, $"CRC {Script}"),
                new ExcludedContent("load-2", "probe-spike", At("2026-11-26T06:30:00Z"), At("2026-11-26T06:30:00Z"), 1, ""),
            ],
            Timeline = SampleCase.Timeline(),
            Notifications = SampleCase.Notifications(),
            Acknowledgements = [new AcknowledgementContent(41, "y.amrani", At("2026-11-26T07:03:25Z"), TimeSpan.FromSeconds(643), "Sur place, je déplace le stock", "link")],
            StorageUnitHold = SampleCase.UnitHold(),
            BloodUnits = SampleCase.BloodUnits(),
            Case = SampleCase.Entries(),
            Audit = SampleCase.Audit(),
        },
    };

    private static FindingContent Finding() => new()
    {
        Id = 12,
        Version = 2,
        Probe = "load-1",
        Side = Side.High,
        Rule = new CitedRuleContent("eu-edqm", "2026.2", ReportJson.HashOf("eu-edqm"u8), "RBC", Celsius.FromMilli(2_000), Celsius.FromMilli(6_000)),
        Start = Start,
        AlarmedAt = Start,
        End = End,
        EndReason = EndReason.InRange,
        LastKnown = End,
        ExposureEnd = End,
        DiscoveredAt = At("2026-11-26T06:52:10Z"),
        FoundAfter = TimeSpan.FromMinutes(340),
        Status = "current",
        Reason = "the calibration of load-1 was corrected",
        Peak = Celsius.FromMilli(9_412),
        Duration = End - Start,
        Cumulative = TimeSpan.FromMinutes(196),
        DegreeMinutes = 391.284117,
        IsConflict = false,
        IsDeclaredLost = false,
    };
}
