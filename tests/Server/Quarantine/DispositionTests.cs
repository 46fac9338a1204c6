using System.Text;
using System.Text.Json.Nodes;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Quarantine;

/// <summary>From the hold to the signed decision, through the API, by people; and everything that must keep a decision from being signed.</summary>
public sealed class DispositionTests
{
    private const string Decisions = "/api/v1/holds/decisions";
    private const string Proposals = "/api/v1/holds/proposals";

    [Fact]
    public async Task Story_FromTheHoldToTheIssueCheck_AndWhatComesLate()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        (await staffed.IssueCheckAsync()).Should().Be("no");
        await staffed.PrepareReleaseAsync();
        object[] both = [.. await staffed.SeenAsync("storage-unit"), .. await staffed.SeenAsync("blood-unit")];

        (await staffed.PostAsync("badr", Decisions, new { kind = "release", reason = "As proposed.", holds = both }, 403))["thing"]!.ToString().Should().Be("code");
        (await staffed.IssueCheckAsync()).Should().Be("no", "nothing is signed without the second factor");
        var signed = await staffed.PostAsync("badr", Decisions, new { kind = "release", reason = "As proposed.", holds = both, code = staffed.NextCode() }, 200);

        (await staffed.IssueCheckAsync()).Should().Be("yes");
        var decision = signed.AsArray()[1]!;
        ((string)decision["name"]!).Should().Be("Badr B.");
        ((string)decision["meaning"]!).Should().Contain("second person");
        ((string)decision["zone"]!).Should().Be("Africa/Casablanca");
        staffed.Events(EventKinds.DecisionSigned).Should().HaveCount(2).And.OnlyContain(row => row.Who == "person:badr" && row.Payload.Contains("\"unverifiedFigures\":"));
        staffed.Events(EventKinds.DecisionSigned)[1].Payload.Should().Contain((string)decision["sha256"]!);

        await staffed.Api.PostAsync("/api/v1/units/fridge-1/contents/leave", new { donation = StaffedScene.Donation, product = "RBC" }, 200);
        staffed.Clock.Now += TimeSpan.FromMinutes(1);
        await staffed.DeliverLateAsync("pi-001/load", "09:33", "9");

        (await staffed.IssueCheckAsync()).Should().Be("no", "the ground has changed, so that what was signed stands no more");
        var reopened = staffed.Events(EventKinds.DecisionReopened);
        reopened.Should().HaveCount(2);
        reopened.Should().Contain(row => row.Payload.Contains($"\"left\":[{{\"donation\":\"{StaffedScene.Donation}\"", StringComparison.Ordinal));
        staffed.Store.Read(session => LookbackStore.OfFinding(session, 1)).Should().ContainSingle(row => row.Donation == StaffedScene.Donation);
    }

    [Fact]
    public async Task Content_ThatWasSigned_HasTheHashThatTheSignatureNames()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        var holds = await staffed.SeenAsync("blood-unit");

        var signed = (await staffed.PostAsync("badr", Decisions, new { kind = "discard", reason = "Out of date as well.", holds, code = staffed.NextCode() }, 200)).AsArray()[0]!;

        var content = staffed.Store.Read(session => session.QueryFirst("SELECT content FROM dispositions", row => row.GetString(0)))!;
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content))).Should().Be((string)signed["sha256"]!);
        var text = JsonNode.Parse(content)!;
        ((string)text["donation"]!).Should().Be(StaffedScene.Donation);
        ((string)text["signedBy"]!).Should().Be("badr");
        ((string)text["reason"]!).Should().Be("Out of date as well.");
    }

    [Theory]
    [InlineData("discard", "discarded")]
    [InlineData("return", "sent back")]
    public async Task TakingOut_ByOnePerson_IsNeverIssuedAgain(string kind, string reason)
    {
        await using var staffed = await StaffedScene.OpenAsync();
        var holds = await staffed.SeenAsync("blood-unit");

        await staffed.PostAsync("badr", Decisions, new { kind, reason = "Too warm.", holds }, 403);
        await staffed.PostAsync("badr", Decisions, new { kind, reason = "Too warm.", holds, code = staffed.NextCode() }, 200);

        var answer = await staffed.Api.GetAsync($"/api/v1/issue-check?donation={StaffedScene.Donation}&product=RBC");
        ((string)answer["answer"]!).Should().Be("no");
        answer["reasons"]!.ToJsonString().Should().Contain(reason);
        (await staffed.SeenAsync("blood-unit")).Should().BeEmpty();
    }

    [Fact]
    public async Task Release_ByWhoeverProposedIt_IsRefused()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        await staffed.PrepareReleaseAsync(proposer: "amina");
        var holds = await staffed.SeenAsync("blood-unit");

        var refused = await staffed.PostAsync("amina", Decisions, new { kind = "release", reason = "I know best.", holds, code = staffed.NextCode() }, 409);

        ((string)refused["cure"]!).Should().Contain("another person");
        await staffed.PostAsync("badr", Decisions, new { kind = "release", reason = "Agreed.", holds, code = staffed.NextCode() }, 200);
    }

    [Fact]
    public async Task Release_WithoutProposalOrAssessment_IsRefused()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        var holds = await staffed.SeenAsync("blood-unit");
        var release = new { kind = "release", reason = "Fine.", holds };

        ((string)(await staffed.PostAsync("badr", Decisions, new { kind = "release", reason = "Fine.", holds, code = staffed.NextCode() }, 409))["reason"]!).Should().Contain("nobody has proposed");
        await staffed.PostAsync("tariq", Proposals, release, 200);
        ((string)(await staffed.PostAsync("badr", Decisions, new { kind = "release", reason = "Fine.", holds, code = staffed.NextCode() }, 409))["reason"]!).Should().Contain("nobody has assessed");
        await staffed.PostAsync("tariq", "/api/v1/findings/1/case", new { kind = "assessment", note = "Looks good." }, 403);
        await staffed.PostAsync("amina", "/api/v1/findings/1/case", new { kind = "assessment", note = "Short." }, 201);
        await staffed.PostAsync("tariq", Proposals, new { kind = "discard", reason = "Rather not.", holds }, 200);
        await staffed.PostAsync("badr", Decisions, new { kind = "release", reason = "Fine.", holds, code = staffed.NextCode() }, 409);
        (await staffed.IssueCheckAsync()).Should().Be("no");
    }

    [Fact]
    public async Task Decision_OnAVersionThatIsNoMore_IsRefused_AndTheCodeIsNotUsedUp()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        await staffed.PrepareReleaseAsync();
        var before = await staffed.SeenAsync("blood-unit");
        await staffed.DeliverLateAsync("pi-001/load", "09:33", "9");
        var code = staffed.NextCode();

        ((string)(await staffed.PostAsync("badr", Decisions, new { kind = "discard", reason = "Warm.", holds = before, code }, 409))["cure"]!).Should().Contain("what is known now");
        var now = await staffed.SeenAsync("blood-unit");
        ((string)(await staffed.PostAsync("badr", Decisions, new { kind = "release", reason = "Fine.", holds = now, code }, 409))["reason"]!)
            .Should().Contain("nobody has proposed", "the proposal was for the version before");
        await staffed.PostAsync("badr", Decisions, new { kind = "discard", reason = "Warm.", holds = now, code }, 200);
    }

    [Fact]
    public async Task Decision_ByWhoMayNot_IsRefused()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        await staffed.PrepareReleaseAsync();
        var holds = await staffed.SeenAsync("blood-unit");
        var code = staffed.NextCode();

        foreach (var name in new[] { "zineb", "tariq", "omar" })
        {
            await staffed.PostAsync(name, Decisions, new { kind = "discard", reason = "I say so.", holds, code }, 403);
        }

        await staffed.PostAsync("zineb", Proposals, new { kind = "discard", reason = "I say so.", holds }, 403);
        await staffed.PostAsync("omar", Proposals, new { kind = "discard", reason = "I say so.", holds }, 403);
        await staffed.PostAsync("omar", "/api/v1/findings/1/case", new { kind = "step", word = "door-closed" }, 403);
        await staffed.Api.PostAsync(Decisions, new { kind = "discard", reason = "A program says so.", holds, code }, 403);
        staffed.Events(EventKinds.DecisionSigned).Should().BeEmpty();
    }

    [Fact]
    public async Task Holds_WhoseGroundIsGone_AreReleasedTogetherByOnePerson()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        await staffed.Api.PostAsync("/api/v1/units/fridge-1/contents", new { donation = "=W00002610000300", product = "RBC", @in = "2026-11-22T08:30:00Z" }, 201);
        await staffed.Api.PostAsync("/api/v1/units/fridge-1/contents", new { donation = "=W00002610000200", product = "RBC", @in = "2026-11-22T08:30:00Z" }, 201);
        await staffed.Api.PostAsync("/api/v1/units/fridge-1/contents/leave", new { donation = "=W00002610000300", product = "RBC", @out = "2026-11-22T09:00:00Z" }, 200);
        await staffed.Api.PostAsync("/api/v1/units/fridge-1/contents/leave", new { donation = "=W00002610000200", product = "RBC", @out = "2026-11-22T09:00:00Z" }, 200);
        var gone = (await staffed.GetAsync("badr", "/api/v1/holds?unit=fridge-1")).AsArray().Where(hold => (string)hold!["state"]! == "ground-removed")
            .Select(hold => new { id = (long)hold!["id"]!, version = (int)hold["version"]! }).ToArray();
        gone.Should().HaveCount(2);
        object[] withOneThatStands = [.. gone, .. await staffed.SeenAsync("storage-unit")];

        await staffed.PostAsync("badr", Decisions, new { kind = "release", reason = "They were not in it.", holds = withOneThatStands, code = staffed.NextCode() }, 409);
        staffed.Events(EventKinds.DecisionSigned).Should().BeEmpty("all or none");
        var signed = await staffed.PostAsync("badr", Decisions, new { kind = "release", reason = "They were not in it.", holds = gone, code = staffed.NextCode() }, 200);

        signed.AsArray().Should().HaveCount(2).And.OnlyContain(one => ((string)one!["meaning"]!).Contains("no ground") && one["proposal"] == null);
    }

    [Fact]
    public async Task Release_WhileItGoesOn_IsRefused()
    {
        await using var staffed = await StaffedScene.ServeAsync(await SceneFleet.AtNoonAsync());
        await staffed.AddAsync("tariq", Core.People.Role.Technician, Core.People.Scope.Nation);
        await staffed.AddAsync("amina", Core.People.Role.Quality, Core.People.Scope.Nation);
        await staffed.AddAsync("badr", Core.People.Role.Quality, Core.People.Scope.Nation);
        await staffed.PrepareReleaseAsync();

        foreach (var kind in new[] { "storage-unit", "blood-unit" })
        {
            ((string)(await staffed.PostAsync("badr", Decisions, new { kind = "release", reason = "Fine.", holds = await staffed.SeenAsync(kind), code = staffed.NextCode() }, 409))["reason"]!)
                .Should().Contain("finding 1 goes on");
        }
    }

    [Theory]
    [InlineData("""{"kind":"release","holds":[{"id":1,"version":1}],"code":"000000"}""", 400, "reason")]
    [InlineData("""{"kind":"keep","reason":"x","holds":[{"id":1,"version":1}]}""", 400, "kind")]
    [InlineData("""{"kind":"discard","reason":"x","holds":[]}""", 400, "holds")]
    [InlineData("""{"kind":"discard","reason":"x","holds":[{"id":2,"version":2},{"id":2,"version":2}]}""", 400, "holds")]
    [InlineData("""{"kind":"discard","reason":"x","holds":[{"id":99,"version":1}]}""", 404, "holds")]
    public async Task Decision_ThatCannotBeMeant_IsRefusedWithItsName(string body, int status, string thing)
    {
        await using var staffed = await StaffedScene.OpenAsync();

        var refused = await staffed.PostAsync("badr", Decisions, JsonNode.Parse(body)!, status);

        ((string)refused["thing"]!).Should().Be(thing);
        staffed.Events(EventKinds.DecisionSigned).Should().BeEmpty();
    }

    [Fact]
    public async Task StorageUnit_IsNeitherDiscardedNorReturned()
    {
        await using var staffed = await StaffedScene.OpenAsync();

        ((string)(await staffed.PostAsync("badr", Decisions, new { kind = "discard", reason = "Old.", holds = await staffed.SeenAsync("storage-unit"), code = staffed.NextCode() }, 400))["thing"]!)
            .Should().Be("kind");
    }

    [Theory]
    [InlineData("""{"kind":"step","word":"prayed"}""", "word")]
    [InlineData("""{"kind":"step","word":"stock-moved"}""", "note")]
    [InlineData("""{"kind":"cause","word":"other","note":" "}""", "note")]
    [InlineData("""{"kind":"assessment","word":"door-open","note":"x"}""", "word")]
    public async Task CaseEntry_ThatSaysNothing_IsRefused(string body, string thing)
    {
        await using var staffed = await StaffedScene.OpenAsync();

        ((string)(await staffed.PostAsync("amina", "/api/v1/findings/1/case", JsonNode.Parse(body)!, 400))["thing"]!).Should().Be(thing);

        (await staffed.GetAsync("amina", "/api/v1/findings/1/case")).AsArray().Should().BeEmpty();
        await staffed.PostAsync("amina", "/api/v1/findings/99/case", new { kind = "step", word = "rechecked" }, 404);
        await staffed.PostAsync("amina", "/api/v1/findings/1/case", new { kind = "step", word = "rechecked" }, 201);
    }
}
