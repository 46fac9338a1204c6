using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Server.Tests.Quarantine;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>The excursion of fridge 1, from 09:02 to 09:33, which was found at 12:00.</summary>
public sealed class PeriodFindingsTests
{
    private static readonly StorageUnitId Fridge1 = new("fridge-1");

    [Fact]
    public async Task Acknowledgement_OfAnEarlierIncident_CountsThoughItBelongsToAnotherOneNow()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await scene.Write(transaction =>
        {
            var amina = Account(transaction);
            Acknowledge(transaction, amina, Open(transaction, "12:01", closed: "12:30"), "12:05");
            Open(transaction, "13:00", closed: null);
        });

        One(scene).AcknowledgedAfter.Should().Be(TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task Acknowledgement_FromBeforeItWasFound_IsNotOfIt()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await scene.Write(transaction => Acknowledge(transaction, Account(transaction), Open(transaction, "11:00", closed: null), "11:10"));

        One(scene).AcknowledgedAfter.Should().BeNull("whoever took the alarm at 11:10 knew nothing of what was found at 12:00");

        await scene.Write(transaction => Acknowledge(transaction, AccountStore.Find(transaction, "amina")!, 1, "12:07"));

        One(scene).AcknowledgedAfter.Should().Be(TimeSpan.FromMinutes(7));
    }

    private static PeriodFindingContent One(Scene scene) => Of(scene, "00:00", "16:00").Should().ContainSingle().Which;

    private static IReadOnlyList<PeriodFindingContent> Of(Scene scene, string from, string to) => scene.Read(session => PeriodFindings.Of(session, Fridge1, Scene.At(from), Scene.At(to)));

    private static AccountRow Account(StoreTransaction transaction) =>
        AccountStore.Insert(transaction, new AccountRow(0, "amina", "Amina B.", "en", "", MustChange: false, Scene.At("00:00"), null));

    // An incident of the storage unit to which the excursion belongs.
    private static long Open(StoreTransaction transaction, string at, string? closed)
    {
        var (opened, state) = (Scene.At(at), IncidentState.Open(Severity.Critical, wakes: true, Scene.At(at)));
        var incident = IncidentStore.Insert(transaction, new IncidentRow
        {
            Cause = new Cause(CauseKind.Unit, Fridge1.Value), Site = "rabat", Unit = Fridge1, OpenedAt = opened, Since = Scene.At("09:02"), State = state,
        });
        IncidentStore.AddMember(transaction, new IncidentMember(incident.Id, "finding:1", GoesOn: true, Severity.Critical, incident.Unit, incident.Since, opened, 0));
        if (closed is not null)
        {
            IncidentStore.Save(transaction, incident with { State = state.End(Scene.At(closed)).Acknowledge(Scene.At(closed), Scene.At(closed)) }, Scene.At(closed));
        }

        return incident.Id;
    }

    private static void Acknowledge(StoreTransaction transaction, AccountRow account, long incident, string at) => AcknowledgementStore.Insert(
        transaction, new AcknowledgementRow(incident, account.Name, Scene.At(at), Scene.At(at) + TimeSpan.FromHours(1), "I go there", AcknowledgedBy.Page), account.Id);
}
