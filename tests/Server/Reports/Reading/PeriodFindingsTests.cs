using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
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

    [Fact]
    public async Task Excursion_OfAPeriod_CitesTheRuleThatItsOwnReportDoes()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();

        One(scene).Rule.Should().NotBeNull().And.Be(scene.Excursion(1, Scene.At("16:00")).Finding.Rule);
    }

    [Fact]
    public async Task Excursion_ThatGoesOnBeyondThePeriod_IsToldAlikeHoweverItGoesOn()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "09:00", "4");
        await scene.MeasureAsync("pi-001/load", "09:05", "10:30", "9");
        await scene.JudgeAsync("10:31");

        var open = Of(scene, "00:00", "10:00").Should().ContainSingle().Which;

        (open.GoesOn, open.Version, open.End, open.Duration, open.Peak, open.Rule).Should().Be((true, null, null, null, null, null));

        await scene.MeasureAsync("pi-001/load", "10:35", "10:50", "12");
        await scene.JudgeAsync("10:51");
        Of(scene, "00:00", "10:00").Should().Equal(open);

        await scene.MeasureAsync("pi-001/load", "10:55", "11:30", "4");
        await scene.JudgeAsync("11:31");
        Of(scene, "00:00", "10:00").Should().Equal(open);
        var ended = Of(scene, "00:00", "11:00").Should().ContainSingle().Which;
        (ended.GoesOn, ended.Peak).Should().Be((false, Some.Degrees("12")));
        ended.End.Should().Be(ended.Start + ended.Duration);
    }

    [Fact]
    public async Task BloodUnit_ThatIsPutInAfterThePeriod_IsNotOfIt()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "09:00", "4");
        await scene.MeasureAsync("pi-001/load", "09:05", "10:30", "9");
        await scene.JudgeAsync("10:31");
        var before = Of(scene, "00:00", "10:00")[0].Dispositions;
        await scene.Write(transaction =>
        {
            ContentsStore.TryEnter(transaction, new ContentsRow(0, Fridge1, "W000026999999", "RBC", Scene.At("10:20"), null, Scene.At("10:32"), null));
            HoldSync.Apply(transaction, FindingStore.Find(transaction, 1)!, Scene.At("10:32"));
        });

        Of(scene, "00:00", "10:00")[0].Dispositions.Should().Be(before);
        Of(scene, "00:00", "10:30")[0].Dispositions.Held.Should().Be(before.Held + 1);
    }

    [Theory]
    [InlineData(FindingWords.Retracted, null)]
    [InlineData(FindingWords.Superseded, 1L)]
    public async Task Excursion_ThatWasTakenBackButHeldSomething_IsListedWithItsStatus(string status, long? supersededBy)
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await scene.Write(transaction =>
        {
            var row = FindingStore.Find(transaction, 1)!; // The scene has it.
            var takenBack = row with { Finding = row.Finding with { Version = row.Finding.Version + 1 }, Status = status, SupersededBy = supersededBy };
            FindingStore.Update(transaction, takenBack);
            HoldSync.Apply(transaction, takenBack, Scene.At("12:30"));
        });

        var finding = One(scene);

        (finding.Status, finding.SupersededBy, finding.IsCurrent()).Should().Be((status, supersededBy, false));
        finding.Dispositions.Should().Be(new DispositionsContent(1, 0, 0, 0, 1), "only a person ends a hold");
        finding.IsUnitUndecided.Should().BeTrue("the storage unit itself is held as well");
        Of(scene, "09:33", "16:00").Should().BeEmpty("it ended there");
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
