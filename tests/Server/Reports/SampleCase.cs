using ColdChain.Server.Reports.Content;
using static ColdChain.Server.Tests.Reports.SampleReports;

namespace ColdChain.Server.Tests.Reports;

/// <summary>What people did about the sample excursion, and what became of the blood.</summary>
internal static class SampleCase
{
    private const string Discard = "I am responsible for its being discarded.";
    private const string Release = "I approve its release as a second person, on the assessment that I have read.";

    public static IReadOnlyList<TimelineContent> Timeline() =>
    [
        new(Start, TimelineKinds.OutOfRange, "", ""),
        new(Start, TimelineKinds.Alarm, "", ""),
        new(Peak, TimelineKinds.Peak, "", "9.412"),
        new(End, TimelineKinds.Ended, "", ""),
        new(At("2026-11-26T06:52:10Z"), TimelineKinds.Found, "", ""),
        new(At("2026-11-26T06:52:10Z"), TimelineKinds.Held, "", ""),
        new(At("2026-11-26T06:52:42Z"), TimelineKinds.Told, "m.tazi", "sms"),
        new(At("2026-11-26T06:57:42Z"), TimelineKinds.Told, "y.amrani", "sms"),
        new(At("2026-11-26T07:03:25Z"), TimelineKinds.Acknowledged, "y.amrani", ""),
        new(At("2026-11-26T07:20:00Z"), TimelineKinds.Step, "y.amrani", "stock-moved"),
        new(At("2026-11-26T08:05:00Z"), TimelineKinds.Cause, "y.amrani", "power"),
        new(At("2026-11-26T08:40:00Z"), TimelineKinds.Assessment, "n.alaoui", ""),
        new(At("2026-11-26T09:02:00Z"), TimelineKinds.Decided, "n.alaoui", "release"),
        new(At("2026-11-26T09:41:00Z"), TimelineKinds.Changed, "", ""),
        new(At("2026-11-26T09:41:00Z"), TimelineKinds.Reopened, "", "release"),
        new(At("2026-11-26T11:15:00Z"), TimelineKinds.Decided, "n.alaoui", "discard"),
    ];

    public static IReadOnlyList<NotificationContent> Notifications() =>
    [
        new()
        {
            Incident = 41, Step = 0, Round = 1, Account = "m.tazi", Channel = "sms", DecidedAt = At("2026-11-26T06:52:42Z"), IsSent = true, Reason = "due",
            AcceptedAt = At("2026-11-26T06:52:44Z"), DeliveredAt = At("2026-11-26T06:52:51Z"), State = "delivered",
        },
        new()
        {
            Incident = 41, Step = 1, Round = 1, Account = "y.amrani", Channel = "sms", DecidedAt = At("2026-11-26T06:57:42Z"), IsSent = true, Reason = "due",
            AcceptedAt = At("2026-11-26T06:57:43Z"), DeliveredAt = At("2026-11-26T06:57:49Z"), AcknowledgedAt = At("2026-11-26T07:03:25Z"), State = "acknowledged",
        },
        new()
        {
            Incident = 41, Step = 2, Round = 1, Account = "n.alaoui", Channel = "voice", DecidedAt = At("2026-11-26T07:07:42Z"), IsSent = false, Reason = "acknowledged", State = "",
        },
    ];

    public static HoldContent UnitHold() => new()
    {
        Id = 70,
        Since = Start,
        PlacedAt = At("2026-11-26T06:52:10Z"),
        State = "decided",
        Decisions = [Decision(30, "release", "2026-11-26T11:20:00Z", Release, "Réparée, contrôlée pendant 24 h.", null)],
    };

    public static IReadOnlyList<BloodUnitContent> BloodUnits() =>
    [
        new()
        {
            Donation = "M100126000012",
            Product = "E3846V00",
            InAt = At("2026-11-24T10:20:00Z"),
            Exposed = End - Start,
            LeftBefore = false,
            Exceeded = [new ExceededContent(9, "limits ..2|6..", "hold", false, Start), new ExceededContent(10, "band 6..10 24h", "discard-proposed", true, Start)],
            Hold = new HoldContent
            {
                Id = 71,
                Since = Start,
                PlacedAt = At("2026-11-26T06:52:10Z"),
                State = "decided",
                Decisions =
                [
                    Decision(28, "release", "2026-11-26T09:02:00Z", Release, "Pointe sous 9 °C, durée admise.", "2026-11-26T09:41:00Z"),
                    Decision(31, "discard", "2026-11-26T11:15:00Z", Discard, $"Pointe corrigée à 9,4 °C. {Script} {Formula}", null),
                ],
            },
        },
        new()
        {
            Donation = "M100126000047",
            Product = "E3846V00",
            InAt = At("2026-11-25T08:00:00Z"),
            OutAt = At("2026-11-26T02:40:00Z"),
            Exposed = TimeSpan.FromMinutes(87.5),
            LeftBefore = true,
            WentTo = "fridge-9",
            FollowUp = "receiver-informed",
            Exceeded = [],
            Hold = new HoldContent { Id = 72, Since = Start, PlacedAt = At("2026-11-26T06:52:10Z"), State = "held", Decisions = [] },
        },
    ];

    public static IReadOnlyList<CaseContent> Entries() =>
    [
        new("step", "thermometers-read", "Thermomètre intérieur : 5,8 °C ; enregistreur : 6,1 °C.", "y.amrani", At("2026-11-26T07:12:00Z"), 1),
        new("step", "stock-moved", "Tout le stock vers fridge-3.", "y.amrani", At("2026-11-26T07:20:00Z"), 1),
        new("cause", "power", $"Disjoncteur de la salle tombé à 02:05. {Formula}", "y.amrani", At("2026-11-26T08:05:00Z"), 1),
        new("assessment", "", "Exposition de plus de trois heures au-delà de 6 °C. La poche restée à l’intérieur est à écarter ; celle qui était sortie est à rechercher.", "n.alaoui", At("2026-11-26T10:50:00Z"), 2),
    ];

    public static IReadOnlyList<AuditContent> Audit() =>
    [
        Entry(9_101, "2026-11-26T06:52:10Z", "excursion-opened", "server"),
        Entry(9_102, "2026-11-26T06:52:10Z", "hold-placed", "server"),
        Entry(9_140, "2026-11-26T09:02:00Z", "decision-signed", "n.alaoui"),
        Entry(9_155, "2026-11-26T09:41:00Z", "decision-reopened", "server"),
        Entry(9_171, "2026-11-26T11:15:00Z", "decision-signed", "n.alaoui"),
    ];

    private static DecisionContent Decision(long id, string kind, string at, string meaning, string reason, string? reopened) => new()
    {
        Id = id,
        Kind = kind,
        Account = "n.alaoui",
        Name = "Dr Nadia Alaoui",
        SignedAt = At(at),
        Meaning = meaning,
        Reason = reason,
        Sha256 = ReportJson.HashOf(BitConverter.GetBytes(id)),
        ReopenedAt = reopened is null ? null : At(reopened),
        ReopenedWhy = reopened is null ? null : "the calibration of load-1 was corrected, and the peak is higher",
    };

    private static AuditContent Entry(long id, string at, string kind, string who) => new(id, At(at), kind, who, ReportJson.HashOf(BitConverter.GetBytes(id)));
}
