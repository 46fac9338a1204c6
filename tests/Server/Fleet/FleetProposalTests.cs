using System.Net;
using ColdChain.Core.People;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Fleet;

/// <summary>Limits and probes are changed by two persons, who see before what that would do.</summary>
public sealed class FleetProposalTests : IAsyncLifetime
{
    private const string Reason = "The incubator is used as a fridge from now on";

    // The incubator is at 22 °C: by the limits of red cells it is out of range.
    private static readonly string Changed = SceneFleet.Text.Replace("product: PLT\n", "product: RBC\n", StringComparison.Ordinal);
    private static readonly Actor By = Actor.Person("test", from: null);

    private Scene _scene = null!;
    private ServedScene _server = null!;
    private FormSession _amina = null!;
    private FormSession _brahim = null!;

    private RecordStore Store => _server.App.Store;

    public async Task InitializeAsync()
    {
        _scene = await SceneFleet.AtNoonAsync();
        _server = await _scene.ServeAsync();
        (_amina, _brahim) = (await PersonAsync("amina", Role.Biomedical), await PersonAsync("brahim", Role.Admin));
    }

    public async Task DisposeAsync()
    {
        _amina.Dispose();
        _brahim.Dispose();
        await _server.DisposeAsync();
        await _scene.DisposeAsync();
    }

    [Fact]
    public async Task Change_ThatASecondPersonApproves_ComesIntoForce_AndIsJudgedBy()
    {
        (await ProposeAsync(_amina, Changed)).StatusCode.Should().Be(HttpStatusCode.Found);
        (await InForceAsync()).Should().Be(SceneFleet.Text, "nothing changes before it is approved");

        (await _brahim.SendAsync("/fleet", "/fleet/1/approve")).StatusCode.Should().Be(HttpStatusCode.Found);

        (await InForceAsync()).Should().Be(Changed);
        await Eventually.HoldsAsync(async () => (await _server.GetAsync("/api/v1/excursions?unit=incubator-1")).AsArray().Count == 1);
        Store.Read(session => EventLog.Read(session, 0, 1000)).Where(row => row.Kind.StartsWith("fleet-", StringComparison.Ordinal)).Select(row => (row.Kind, row.Who)).Should().EndWith(
        [
            (EventKinds.FleetProposed, "person:amina"), (EventKinds.FleetApproved, "person:brahim"), (EventKinds.FleetLoaded, "person:brahim"),
        ]);
    }

    [Fact]
    public async Task Proposal_Shown_TellsWhatChangesAndTheAlarmsOfItsOwnHistory()
    {
        await ProposeAsync(_amina, Changed);

        var page = WebUtility.HtmlDecode(await _brahim.Client.GetStringAsync(new Uri("/fleet?lang=en", UriKind.Relative)));

        var proposal = page[page.IndexOf("data-proposal=\"1\"", StringComparison.Ordinal)..page.IndexOf("fleet-units", StringComparison.Ordinal)];
        proposal.Should().Contain(Reason).And.Contain("person:amina").And.Contain("Approve and bring into force");
        proposal.Should().Contain("PLT · eu-edqm · storage · 20 to 24").And.Contain("RBC · eu-edqm · storage · 2 to 6");
        proposal.Should().Contain("0 · 0 · 0 · 0").And.Contain("0 · 0 · 0 · 1");
        Store.Read(session => FindingStore.Current(session, new("incubator-1"))).Should().BeEmpty("it is an opinion: nothing of it is stored");
    }

    [Fact]
    public async Task OwnProposal_IsNotApproved_AndMayBeTakenBack()
    {
        await ProposeAsync(_amina, Changed);

        using var refused = await _amina.SendAsync("/fleet", "/fleet/1/approve");

        refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("You proposed it yourself; have another person look at it and approve it.");
        (await InForceAsync()).Should().Be(SceneFleet.Text);
        (await _amina.SendAsync("/fleet", "/fleet/1/refuse", ("reason", "a mistake"))).StatusCode.Should().Be(HttpStatusCode.Found);
        using var late = await _brahim.SendAsync("/fleet", "/fleet/1/approve");
        late.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await late.Content.ReadAsStringAsync()).Should().Contain("It was refused by person:amina");
    }

    [Fact]
    public async Task Proposal_MadeOnAnotherFleetThanIsInForce_IsNotApproved()
    {
        await ProposeAsync(_amina, Changed);
        await ProposeAsync(_amina, SceneFleet.Text.Replace("Fridge 2", "Fridge two", StringComparison.Ordinal));
        await _brahim.SendAsync("/fleet", "/fleet/2/approve");

        using var refused = await _brahim.SendAsync("/fleet", "/fleet/1/approve");

        refused.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("Another fleet has come into force since it was made");
        (await InForceAsync()).Should().Contain("Fridge two").And.NotBe(Changed);
    }

    [Theory]
    [InlineData("product: RBC", "product: BEER", Reason, "BEER")]
    [InlineData("site: rabat", "site: nowhere", Reason, "nowhere")]
    [InlineData("Fridge 2", "Fridge 2", Reason, "The file says what is in force already; change it first.")]
    [InlineData("Fridge 2", "Fridge two", " ", "'reason' is missing; say why.")]
    public async Task Proposal_ThatIsWrong_IsToldWithAllOfIt_AndKeepsWhatWasTyped(string old, string replacement, string reason, string told)
    {
        var text = SceneFleet.Text.Replace(old, replacement, StringComparison.Ordinal);

        using var refused = await ProposeAsync(_amina, text, reason);

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        page[..page.IndexOf("<textarea", StringComparison.Ordinal)].Should().Contain(told);
        page.Should().Contain(replacement);
        Store.Read(FleetProposalStore.Open).Should().BeEmpty();
        (await ProposeAsync(_amina, Changed)).StatusCode.Should().Be(HttpStatusCode.Found, "the next one works");
    }

    [Fact]
    public async Task Restart_WithTheFileOfBefore_KeepsWhatWasApproved_AndTakesAFileThatIsNew()
    {
        await ProposeAsync(_amina, Changed);
        await _brahim.SendAsync("/fleet", "/fleet/1/approve");

        await _server.DisposeAsync();
        _server = await _scene.ServeAsync();
        (await InForceAsync()).Should().Be(Changed);
        _server.App.Fleet.FindUnit(new("incubator-1"))!.History[0].Product.Should().Be("RBC");

        await _server.DisposeAsync();
        await File.WriteAllTextAsync(_scene.FleetFile, SceneFleet.Text + "\n# looked at again\n");
        _server = await _scene.ServeAsync();
        _server.App.Fleet.FindUnit(new("incubator-1"))!.History[0].Product.Should().Be("PLT");
    }

    private static Task<HttpResponseMessage> ProposeAsync(FormSession person, string text, string reason = Reason) =>
        person.SendAsync("/fleet", "/fleet", ("text", text), ("reason", reason));

    private Task<string> InForceAsync() => Task.FromResult(Store.Read(FleetVersionStore.Latest)!.Text);

    private async Task<FormSession> PersonAsync(string name, Role role)
    {
        var oneTime = (await _server.App.Accounts.AddAsync(name, name, "en", By, CancellationToken.None)).Secret!;
        await _server.App.Accounts.GrantAsync(name, new Grant(role, Scope.Nation), By, CancellationToken.None);
        return await FormSession.SignInFirstAsync(_server.App.Address, name, oneTime);
    }
}
