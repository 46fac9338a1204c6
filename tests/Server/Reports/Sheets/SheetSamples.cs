using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Core.Rules;
using ColdChain.Server.Html;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Wording;

namespace ColdChain.Server.Tests.Reports.Sheets;

/// <summary>Small reports of every kind, in which each list has something, for the tests of sheets.</summary>
internal static class SheetSamples
{
    /// <summary>What a person typed who knows spreadsheets too well.</summary>
    public const string NastyNote = "=HYPERLINK(\"http://x\";\"stock, déplacé\")\nنُقلت الأكياس";

    /// <summary>12:30 on the wall in Casablanca, where clocks are an hour ahead of UTC.</summary>
    public static readonly Instant Noon = At("2026-11-27T11:30:00.000Z");

    public static ReportTexts French { get; } = ReportTexts.Of(Texts.Find("fr")!);

    public static ReportTexts English { get; } = ReportTexts.Of(Texts.Find("en")!);

    private static readonly string Hash = new('a', 64);

    public static Instant At(string text) => Instant.TryParse(text, out var at) ? at : throw new ArgumentException(text, nameof(text));

    public static Celsius Degrees(int milli) => Celsius.FromMilli(milli);

    public static ReportDocument Of(ReportKind kind) => kind switch
    {
        ReportKind.Excursion => Document(Content(kind) with { Excursion = Excursion() }),
        ReportKind.UnitPeriod => Document(Content(kind) with { Number = "SU-fridge-1_2026-11", Units = [Unit(Place())] }),
        ReportKind.SitePeriod => Document(Content(kind) with
        {
            Number = "SI-rabat_2026-11",
            Place = Place() with { Unit = null, UnitName = null, Giai = null },
            Units = [Unit(Place()), Unit(Place() with { Unit = "fridge-2", UnitName = "Réfrigérateur 2", Giai = "6130001FRIDGE2" })],
        }),
        ReportKind.Alarms => Document(Content(kind) with { Number = "AL_2026-11", Place = Place() with { Site = "", SiteName = "", Unit = null, UnitName = null }, Alarms = Alarms() }),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static ReportDocument Document(ReportContent content) => new()
    {
        Content = content,
        Sha256 = Hash,
        Revision = 1,
        MadeAt = Noon + TimeSpan.FromDays(1),
        Signatures =
        [
            new(SignatureMeaning.Prepared, "amina", "Amina Benali", Noon + TimeSpan.FromDays(2), "Africa/Casablanca", ReportSigning.SentenceOf(SignatureMeaning.Prepared), Hash),
        ],
    };

    public static PlaceContent Place() => new() { Site = "rabat", SiteName = "Centre de Rabat", Zone = "Africa/Casablanca", Unit = "fridge-1", UnitName = "Réfrigérateur 1" };

    public static ProbeContent Probe(IReadOnlyList<PointContent> line) => new()
    {
        Probe = "fridge-1-load",
        Role = ProbeRole.Load,
        Mounted = new(Noon, Noon + TimeSpan.FromHours(2)),
        CalibrationOffsetMilli = -125,
        CalibratedOn = new DateOnly(2026, 3, 2),
        UncertaintyMilli = 80,
        Figures = new()
        {
            Expected = 120,
            Received = 119,
            Good = 118,
            Minimum = Degrees(-2_500),
            MinimumAt = Noon + TimeSpan.FromMinutes(90),
            Maximum = Degrees(8_042),
            MaximumAt = Noon + TimeSpan.FromMilliseconds(1_500),
            Mean = 4.123456,
            StandardDeviation = 0.5,
            MeanKinetic = 4.25,
            Low = TimeSpan.FromSeconds(90),
            InRange = TimeSpan.FromMinutes(100),
            High = TimeSpan.FromMinutes(10),
            Unknown = TimeSpan.FromSeconds(510),
            LongestGap = TimeSpan.FromSeconds(510),
            CoveragePercent = 92.9167,
        },
        Line = line,
        Unknown = [new(Noon + TimeSpan.FromMinutes(20), Noon + TimeSpan.FromSeconds(1_710))],
    };

    public static ReportContent Content(ReportKind kind) => new()
    {
        Number = "EX-12",
        Kind = kind,
        Place = Place(),
        From = Noon,
        To = Noon + TimeSpan.FromHours(2),
        IsUnfinished = false,
    };

    public static ExcursionContent Excursion() => new()
    {
        Finding = new()
        {
            Id = 12,
            Version = 2,
            Probe = "fridge-1-load",
            Side = Side.High,
            Rule = new("ma-blood", "3", Hash, "RBC", null, Degrees(5_500)),
            Start = Noon,
            AlarmedAt = Noon + TimeSpan.FromMinutes(5),
            EndReason = EndReason.Open,
            LastKnown = Noon + TimeSpan.FromMinutes(10),
            DiscoveredAt = Noon + TimeSpan.FromMinutes(6),
            Status = "current",
            Peak = Degrees(8_042),
            Duration = TimeSpan.FromMinutes(10),
            Cumulative = TimeSpan.FromMinutes(10),
            DegreeMinutes = 10.25,
            IsConflict = false,
            IsDeclaredLost = true,
        },
        Versions = [new(1, Noon, Noon, null, Degrees(7_000), TimeSpan.FromMinutes(5), "current", TimeSpan.FromHours(1), "a probe was calibrated anew")],
        Rules = [Rule()],
        Probes = [Probe([new(Noon, Degrees(-2_500)), new(Noon + TimeSpan.FromMinutes(1), null), new(Noon + TimeSpan.FromMinutes(2), Degrees(4_250))])],
        Conditions = [new("door-open", "fridge-1-door", Noon, null, true) { OverBy = Noon + TimeSpan.FromMinutes(4) }],
        ConditionsLeftOut = 2,
        NotificationsLeftOut = 7,
        Excluded = [Excluded()],
        Timeline = [new(Noon, TimelineKinds.OutOfRange, "", ""), new(Noon + TimeSpan.FromMinutes(9), TimelineKinds.Step, "amina", "door-closed")],
        Notifications =
        [
            new() { Incident = 3, Step = 0, Round = 1, Account = "amina", Channel = "sms", DecidedAt = Noon, IsSent = true, Reason = "due", State = "delivered", DeliveredAt = Noon + TimeSpan.FromSeconds(20) },
        ],
        Acknowledgements = [new(3, "amina", Noon + TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(2), "@home, je viens", "link")],
        StorageUnitHold = new() { Id = 4, Since = Noon, PlacedAt = Noon + TimeSpan.FromMinutes(6), State = "held", Decisions = [] },
        BloodUnits = [BloodUnit()],
        Case = [new("step", "door-closed", NastyNote, "amina", Noon + TimeSpan.FromMinutes(9), 2), new("cause", "door-open", "", "amina", Noon + TimeSpan.FromMinutes(19), 2)],
        Audit = [new(4711, Noon, "excursion-opened", "", "")],
    };

    private static BloodUnitContent BloodUnit() => new()
    {
        Donation = "=1+W1234567890",
        Product = "E0382V00",
        InAt = Noon - TimeSpan.FromDays(3),
        Exposed = TimeSpan.FromMinutes(10),
        LeftBefore = true,
        OutAt = Noon + TimeSpan.FromMinutes(3),
        Hold = new()
        {
            Id = 5,
            Since = Noon,
            PlacedAt = Noon + TimeSpan.FromMinutes(6),
            State = "held",
            Decisions =
            [
                new()
                {
                    Id = 8, Kind = "discard", Account = "bilal", Name = "Bilal", SignedAt = Noon + TimeSpan.FromHours(1), Meaning = "I discard it.", Reason = "-2.5", Sha256 = Hash,
                    ReopenedAt = Noon + TimeSpan.FromHours(2), ReopenedWhy = "more became known",
                },
            ],
        },
        Exceeded = [new(9, "warm", "discard-proposed", true, Noon)],
    };

    private static RuleContent Rule() => new()
    {
        Pack = "ma-blood",
        Version = "3",
        Hash = Hash,
        PackStatus = "draft",
        Product = "RBC",
        Context = StorageContext.Storage,
        InForce = new(Noon, Noon + TimeSpan.FromHours(2)),
        High = Degrees(6_000),
        Delay = TimeSpan.FromMinutes(5),
        MaxGap = TimeSpan.FromMinutes(10),
        UnknownLimit = TimeSpan.FromMinutes(30),
        Figures = [new("limits.high", 6m, "Guide 2024", FigureStatus.Verified), new("limits.low", -2.5m, "somebody", FigureStatus.FromMemory)],
    };

    private static ExcludedContent Excluded() => new("fridge-1-load", "conflict", Noon, Noon + TimeSpan.FromMinutes(1), 2, "");

    private static UnitPeriodContent Unit(PlaceContent place) => new()
    {
        Place = place,
        Probes = [Probe([new(Noon, Degrees(4_000))])],
        Rules = [Rule()],
        Findings =
        [
            new()
            {
                Id = 12, Version = 2, Probe = "fridge-1-load", Side = Side.Unknown, Start = Noon, End = Noon + TimeSpan.FromMinutes(9), Duration = TimeSpan.FromMinutes(9),
                Dispositions = new(4, 1, 1, 1, 1),
            },
        ],
        DoorOpen = new(3, TimeSpan.FromMinutes(12)),
        MainsLost = new(0, TimeSpan.Zero),
        Excluded = [Excluded()],
        Changes = [new(Noon, ChangeKinds.RulePack, "ma-blood 3")],
    };

    private static AlarmsContent Alarms() => new()
    {
        Sources = [new("storage-unit", "fridge-1", "Réfrigérateur 1", Figures(5))],
        Total = Figures(7) with { MedianToAcknowledge = TimeSpan.FromSeconds(150), P95ToAcknowledge = TimeSpan.FromMinutes(9) },
        StorageUnits = 41,
        Yardsticks = [new("per-day", 1.5, 0.25, "EEMUA 191, from memory")],
        TopSources = [new("storage-unit", "fridge-1")],
    };

    private static AlarmFiguresContent Figures(int count) => new() { Count = count, PerWeek = 1.75, Chattering = 1, Acknowledged = 2, Stale = 0 };
}
