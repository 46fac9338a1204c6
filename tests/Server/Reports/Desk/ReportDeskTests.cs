using System.Text.Json.Nodes;
using ColdChain.Core.People;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.People;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Reports.Desk;

/// <summary>Who signs what, in which order, and under which content.</summary>
public sealed class ReportDeskTests
{
    [Fact]
    public async Task Report_PreparedReviewedAndApproved_ShowsWhoSignedWhatAndWhen()
    {
        await using var desk = await DeskScene.OpenAsync();

        var row = await desk.PrepareAsync("tariq");
        await desk.SignAsync("amina", row, SignatureMeaning.Reviewed);
        await desk.SignAsync("amina", row, SignatureMeaning.Approved);

        var revision = desk.Revisions().Should().ContainSingle().Subject;
        (revision.Row.Revision, revision.Row.Site, revision.Row.Unit!.Value.Value, revision.Row.Finding).Should().Be((1, "rabat", "fridge-1", 1));
        revision.Row.Sha256.Should().Be(ReportJson.HashOf(desk.Store.Read(session => ReportStore.ContentOf(session, row.Id))));
        revision.Signatures.Select(one => (one.Meaning, one.Account, one.Display, one.Zone, one.Sentence)).Should().Equal(
            (SignatureMeaning.Prepared, "tariq", "Tariq B.", "Africa/Casablanca", "I prepared this report and say that it is complete."),
            (SignatureMeaning.Reviewed, "amina", "Amina B.", "Africa/Casablanca", "I reviewed this report against its data as a second person."),
            (SignatureMeaning.Approved, "amina", "Amina B.", "Africa/Casablanca", "I approve this report."));
        revision.Signatures.Should().OnlyContain(one => one.Sha256 == row.Sha256).And.BeInAscendingOrder(one => one.SignedAt);
        var prepared = desk.Events(EventKinds.ReportPrepared).Should().ContainSingle().Subject;
        (prepared.Who, prepared.Subject, prepared.Unit!.Value.Value).Should().Be(("person:tariq", "EX-1", "fridge-1"));
        var payload = JsonNode.Parse(prepared.Payload)!;
        ((string)payload["sha256"]!, (string)payload["meaning"]!, (int)payload["revision"]!, payload["before"]).Should().Be((row.Sha256, "prepared", 1, null));
        desk.Events(EventKinds.ReportSigned).Select(one => (one.Who, (string)JsonNode.Parse(one.Payload)!["meaning"]!)).Should().Equal(("person:amina", "reviewed"), ("person:amina", "approved"));
    }

    [Fact]
    public async Task Author_NeitherReviewsNorApproves()
    {
        await using var desk = await DeskScene.OpenAsync();
        var row = await desk.PrepareAsync("badr");

        (await RefusedAsync(() => desk.SignAsync("badr", row, SignatureMeaning.Reviewed))).Word.Should().Be(ReportRefusals.Own);
        await desk.SignAsync("amina", row, SignatureMeaning.Reviewed);
        (await RefusedAsync(() => desk.SignAsync("badr", row, SignatureMeaning.Approved))).Word.Should().Be(ReportRefusals.Own);

        desk.Revisions()[0].Signatures.Should().HaveCount(2);
    }

    [Fact]
    public async Task Signatures_OutOfOrderOrTwice_AreRefused()
    {
        await using var desk = await DeskScene.OpenAsync();
        var row = await desk.PrepareAsync("tariq");

        (await RefusedAsync(() => desk.SignAsync("amina", row, SignatureMeaning.Approved))).Word.Should().Be(ReportRefusals.Order);
        await desk.SignAsync("amina", row, SignatureMeaning.Reviewed);
        (await RefusedAsync(() => desk.SignAsync("badr", row, SignatureMeaning.Reviewed))).Word.Should().Be(ReportRefusals.Signed);
        (await RefusedAsync(() => desk.SignAsync("badr", row, SignatureMeaning.Prepared))).Word.Should().Be(ReportRefusals.Signed);

        desk.Revisions()[0].Signatures.Select(one => one.Account).Should().Equal("tariq", "amina");
    }

    [Fact]
    public async Task Password_ThatIsWrong_SignsNothingAndMakesNothing()
    {
        await using var desk = await DeskScene.OpenAsync();

        (await RefusedAsync(() => desk.PrepareAsync("tariq", proof: desk.Proof("another horse")))).Fault.Should().Be(AccountFault.PasswordWrong);

        desk.Reports.Made.Should().BeEmpty();
        desk.Revisions().Should().BeEmpty();
        var row = await desk.PrepareAsync("tariq");
        (await RefusedAsync(() => desk.SignAsync("amina", row, SignatureMeaning.Reviewed, desk.Proof("another horse")))).Fault.Should().Be(AccountFault.PasswordWrong);
        desk.Revisions()[0].Signatures.Should().HaveCount(1);
    }

    [Theory]
    [InlineData("", "123456", "password")]
    [InlineData(DeskScene.Password, "", "code")]
    public async Task Component_ThatIsMissing_IsSaid(string password, string code, string missing)
    {
        await using var desk = await DeskScene.OpenAsync();

        var refusal = await RefusedAsync(() => desk.PrepareAsync("tariq", proof: new SignatureProof(password, code)));

        (refusal.Kind, refusal.Thing).Should().Be((RefusalKind.Invalid, missing));
    }

    [Fact]
    public async Task Code_ThatIsWrongUsedOrMissing_SignsNothing()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Reports["SU-fridge-1_2026-10"] = MadeReports.Period("SU-fridge-1_2026-10");

        (await RefusedAsync(() => desk.PrepareAsync("tariq", proof: new SignatureProof(DeskScene.Password, "000000")))).Fault.Should().Be(AccountFault.CodeWrong);
        var proof = desk.Proof();
        await desk.PrepareAsync("tariq", proof: proof);
        (await RefusedAsync(() => desk.PrepareAsync("tariq", "SU-fridge-1_2026-10", proof))).Fault.Should().Be(AccountFault.CodeWrong, "it was used");
        (await RefusedAsync(() => desk.PrepareAsync("salma", "SU-fridge-1_2026-10"))).Fault.Should().Be(AccountFault.FactorMissing);

        desk.Revisions("SU-fridge-1_2026-10").Should().BeEmpty();
        desk.Events(EventKinds.ReportPrepared).Should().ContainSingle();
    }

    [Fact]
    public async Task Guesses_OfThePassword_HaveToWait()
    {
        await using var desk = await DeskScene.OpenAsync();
        var proof = desk.Proof("guess");
        for (var i = 0; i < SignInThrottle.FreeOfAccount; i++)
        {
            (await RefusedAsync(() => desk.PrepareAsync("tariq", proof: proof))).Fault.Should().Be(AccountFault.PasswordWrong);
        }

        (await RefusedAsync(() => desk.PrepareAsync("tariq", proof: proof with { Password = DeskScene.Password }))).Fault.Should().Be(AccountFault.PasswordTooOften);
        desk.Scene.Clock.Now += SignInThrottle.First;
        (await desk.PrepareAsync("tariq")).Revision.Should().Be(1);
    }

    [Fact]
    public async Task Report_ThatCanStillChangeByItself_IsNotPrepared()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Reports["EX-1"] = MadeReports.Excursion(isUnfinished: true);
        desk.Reports["SU-fridge-1_2026-11"] = MadeReports.Period("SU-fridge-1_2026-11") with { IsUnfinished = true, FinishedAt = Scene.At("04:00") + TimeSpan.FromDays(9) }; // December begins four hours before.
        desk.Reports["SU-fridge-1_2026-11-21"] = MadeReports.Period("SU-fridge-1_2026-11-21") with { IsUnfinished = true, FinishedAt = Scene.At("13:00") };

        (await RefusedAsync(() => desk.PrepareAsync("tariq"))).Word.Should().Be(ReportRefusals.Unfinished);
        var refusal = await RefusedAsync(() => desk.PrepareAsync("tariq", "SU-fridge-1_2026-11"));

        refusal.Reason.Should().Contain("until 2026-12-01T00:00:00.000Z");
        refusal.Message.Should().Contain("prepare it after 2026-12-01T04:00:00.000Z");
        (await RefusedAsync(() => desk.PrepareAsync("tariq", "SU-fridge-1_2026-11-21"))).Reason.Should().Contain("is not settled").And.Contain("readings may still come");
        desk.Revisions().Concat(desk.Revisions("SU-fridge-1_2026-11")).Should().BeEmpty();
    }

    [Fact]
    public async Task Report_ThatSaysNothingNew_IsNotPreparedAgain()
    {
        await using var desk = await DeskScene.OpenAsync();
        await desk.PrepareAsync("tariq");

        (await RefusedAsync(() => desk.PrepareAsync("badr"))).Word.Should().Be(ReportRefusals.Same);

        desk.Revisions().Should().ContainSingle();
    }

    [Fact]
    public async Task Content_OtherThanTheOneSeen_IsNotSigned()
    {
        await using var desk = await DeskScene.OpenAsync();
        var row = await desk.PrepareAsync("tariq");

        (await RefusedAsync(() => desk.SignAsync("amina", row with { Sha256 = new string('0', 64) }, SignatureMeaning.Reviewed))).Word.Should().Be(ReportRefusals.Stale);
        (await RefusedAsync(() => desk.SignAsync("amina", row with { Revision = 2 }, SignatureMeaning.Reviewed))).Word.Should().Be(ReportRefusals.Stale);
        (await RefusedAsync(() => desk.SignAsync("amina", row with { Number = "SU-fridge-1_2026-10" }, SignatureMeaning.Reviewed))).Word.Should().Be(ReportRefusals.Missing);

        desk.Revisions()[0].Signatures.Should().ContainSingle();
    }

    [Fact]
    public async Task Content_ThatHasChanged_VoidsTheRevisionAndIsPreparedAnew()
    {
        await using var desk = await DeskScene.OpenAsync();
        var first = await desk.PrepareAsync("tariq");
        await desk.SignAsync("amina", first, SignatureMeaning.Reviewed);
        desk.Reports["EX-1"] = MadeReports.Excursion(version: 2);

        (await RefusedAsync(() => desk.SignAsync("amina", first, SignatureMeaning.Approved))).Word.Should().Be(ReportRefusals.Void);
        var gone = desk.Revisions()[0];
        gone.Void!.Reason.Should().Be("Its content would be another one now: excursion.finding.version");
        gone.Void.Sha256.Should().Be(ReportJson.HashOf(ReportJson.Write(desk.Reports["EX-1"])));
        var told = desk.Events(EventKinds.ReportVoided).Should().ContainSingle().Subject;
        told.Who.Should().StartWith("software:");
        ((string)JsonNode.Parse(told.Payload)!["before"]!).Should().Be(first.Sha256);
        (await RefusedAsync(() => desk.SignAsync("amina", first, SignatureMeaning.Approved))).Word.Should().Be(ReportRefusals.Void, "it stays so");

        var second = await desk.PrepareAsync("badr");
        await desk.SignAsync("amina", second, SignatureMeaning.Reviewed);
        (await RefusedAsync(() => desk.SignAsync("amina", first, SignatureMeaning.Approved))).Word.Should().Be(ReportRefusals.Stale, "there is a newer one");
        desk.Revisions().Select(one => (one.Row.Revision, one.Void is null, string.Join(' ', one.Signatures.Select(signature => signature.Account))))
            .Should().Equal((2, true, "badr amina"), (1, false, "tariq amina"));
        ((int)JsonNode.Parse(desk.Events(EventKinds.ReportPrepared)[1].Payload)!["before"]!).Should().Be(1);
    }

    [Fact]
    public async Task Draft_ThatWasRead_IsWhatIsSigned_AndNothingElse()
    {
        await using var desk = await DeskScene.OpenAsync();
        var read = desk.Reports.HashOf("EX-1");
        desk.Reports["EX-1"] = MadeReports.Excursion(version: 2);

        (await RefusedAsync(() => desk.Desk.PrepareAsync(desk.Caller("tariq"), DeskScene.Ex1, read, desk.Proof(), CancellationToken.None))).Word.Should().Be(ReportRefusals.Changed);
        (await RefusedAsync(() => desk.Desk.PrepareAsync(desk.Caller("tariq"), DeskScene.Ex1, "", desk.Proof(), CancellationToken.None))).Word.Should().Be(ReportRefusals.Changed);

        desk.Revisions().Should().BeEmpty();
    }

    [Fact]
    public async Task Content_ThatHasChangedUnnoticed_VoidsTheRevisionWhenAnotherIsPrepared()
    {
        await using var desk = await DeskScene.OpenAsync();
        await desk.PrepareAsync("tariq");
        desk.Reports["EX-1"] = MadeReports.Excursion(version: 2);

        (await desk.PrepareAsync("tariq")).Revision.Should().Be(2);

        desk.Revisions().Select(one => one.Void is null).Should().Equal(true, false);
        desk.Events(EventKinds.ReportVoided).Should().ContainSingle().Which.Who.Should().Be("person:tariq");
    }

    [Fact]
    public async Task Place_ThatWasRenamed_DoesNotKeepFromSigning()
    {
        await using var desk = await DeskScene.OpenAsync();
        var row = await desk.PrepareAsync("tariq");
        desk.Reports["EX-1"] = desk.Reports["EX-1"] with { Place = desk.Reports["EX-1"].Place with { UnitName = "Fridge by the door" } };

        await desk.SignAsync("amina", row, SignatureMeaning.Reviewed);
        (await RefusedAsync(() => desk.PrepareAsync("tariq"))).Word.Should().Be(ReportRefusals.Same);

        desk.Revisions()[0].Void.Should().BeNull();
    }

    [Fact]
    public async Task Content_OfAnotherForm_IsNotSigned_AndIsPreparedAnew()
    {
        await using var desk = await DeskScene.OpenAsync();
        var row = await DeskScene.AppendOtherFormAsync(desk.Store, desk.Scene.Clock.Now);

        (await RefusedAsync(() => desk.SignAsync("amina", row, SignatureMeaning.Reviewed))).Word.Should().Be(ReportRefusals.Form, "nobody can read here what would be signed");

        desk.Revisions()[0].Signatures.Should().ContainSingle();
        (await desk.PrepareAsync("tariq")).Revision.Should().Be(2, "the present form may be signed as well");
        desk.Revisions()[1].Void.Should().BeNull("nobody knows that it would be another one");
    }

    [Theory]
    [InlineData("zineb")]
    [InlineData("omar")]
    public async Task Person_WithoutTheRightThere_NeitherPreparesNorSigns(string name)
    {
        await using var desk = await DeskScene.OpenAsync();
        (await RefusedAsync(() => desk.PrepareAsync(name))).Kind.Should().Be(RefusalKind.Forbidden);
        var row = await desk.PrepareAsync("tariq");

        (await RefusedAsync(() => desk.SignAsync(name, row, SignatureMeaning.Reviewed))).Kind.Should().Be(RefusalKind.Forbidden);
        (await RefusedAsync(() => desk.SignAsync("tariq", row, SignatureMeaning.Reviewed))).Kind.Should().Be(RefusalKind.Forbidden, "a technician only prepares");

        desk.Revisions()[0].Signatures.Should().ContainSingle();
    }

    [Fact]
    public async Task Program_SignsNothing()
    {
        await using var desk = await DeskScene.OpenAsync();
        var program = new Caller(Actor.Token("lims", from: null), desk.Caller("badr").Rights);

        (await RefusedAsync(() => desk.Desk.PrepareAsync(program, DeskScene.Ex1, desk.Reports.HashOf("EX-1"), desk.Proof(), CancellationToken.None))).Kind.Should().Be(RefusalKind.Forbidden);
    }

    [Theory]
    [InlineData("EX-99")]
    [InlineData("SU-nowhere_2026-10")]
    [InlineData("SI-nowhere_2026-10")]
    [InlineData("AL-nowhere_2026-10")]
    public async Task Report_OfWhatIsNotThere_IsUnknown(string number)
    {
        await using var desk = await DeskScene.OpenAsync();

        (await RefusedAsync(() => desk.PrepareAsync("badr", number))).Kind.Should().Be(RefusalKind.Unknown);
    }

    [Fact]
    public async Task Report_OfAllSites_IsTheNations()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Reports["AL_2026-10"] = MadeReports.Period("AL_2026-10") with { Place = new PlaceContent { Site = "", SiteName = "", Zone = "Africa/Casablanca" } };

        (await RefusedAsync(() => desk.PrepareAsync("amina", "AL_2026-10"))).Kind.Should().Be(RefusalKind.Forbidden);
        var row = await desk.PrepareAsync("badr", "AL_2026-10");

        (row.Site, row.Unit, row.Finding).Should().Be(("", null, null));
    }

    private static async Task<RefusalException> RefusedAsync(Func<Task> act) => (await act.Should().ThrowAsync<RefusalException>()).Which;
}
