using System.CommandLine;
using System.Text.Json.Nodes;
using ColdChain.Core.People;
using ColdChain.Server.Commands;
using ColdChain.Server.People;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.People;

public sealed class StaffDataTests
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    [Fact]
    public async Task Disabled_ForLongEnough_LosesWhatIdentifiesThePerson_AndEventsKeepTheName()
    {
        await using var scene = new PeopleScene();
        await scene.AddAsync("boss", new Grant(Role.Admin, Scope.Nation));
        await scene.AddAsync("amina", new Grant(Role.Viewer, Scope.Nation));
        await scene.SignInAsync("amina");
        await scene.Store.WriteAsync(WritePriority.Decision, transaction => ContactStore.Save(transaction, scene.Account("amina").Id, new Contact("amina@hospital.example", "+212612345678")), CancellationToken.None);
        using var retention = new StaffRetention(scene.Store, new StaffDataLimits(Kept), scene.Clock, NullLogger<StaffRetention>.Instance);
        (await retention.EraseDueAsync(CancellationToken.None)).Should().BeEmpty();
        await scene.Accounts.DisableAsync("amina", PeopleScene.Boss, CancellationToken.None);

        scene.Clock.Now += Kept - TimeSpan.FromMilliseconds(1);
        (await retention.EraseDueAsync(CancellationToken.None)).Should().BeEmpty();
        scene.Clock.Now += TimeSpan.FromMilliseconds(1);
        (await retention.EraseDueAsync(CancellationToken.None)).Should().Equal("amina");
        (await retention.EraseDueAsync(CancellationToken.None)).Should().BeEmpty("there is nothing left");

        var account = scene.Account("amina");
        (account.Display, account.Password, account.TotpSecret).Should().Be(("", "", null));
        scene.Store.Read(session => AccountStore.Grants(session, account.Id)).Should().BeEmpty();
        scene.Store.Read(session => ContactStore.Of(session, account.Id)).Should().Be(Contact.None);
        scene.Events().Should().Contain(row => row.Kind == EventKinds.SignedIn && row.Who == "person:amina");
        scene.Events()[^1].Should().Match<EventRow>(row => row.Kind == EventKinds.AccountErased && row.Subject == "person:amina");
        await scene.Accounts.EnableAsync("amina", PeopleScene.Boss, CancellationToken.None);
        (await scene.SignInAsync("amina")).Secret.Should().BeNull("no password is right for it");
    }

    [Fact]
    public async Task Export_TellsAllOfOnePersonAndNoSecret_WhileTheServerRuns()
    {
        await using var scene = await Scene.OpenAsync();
        await using var server = await scene.ServeAsync();
        var oneTime = (await server.App.Accounts.AddAsync("amina", "Amina Berrada", "fr", PeopleScene.Boss, CancellationToken.None)).Secret!;
        await server.App.Accounts.GrantAsync("amina", new Grant(Role.Technician, Scope.Site("rabat")), PeopleScene.Boss, CancellationToken.None);
        using var amina = await ColdChain.Tests.Shared.FormSession.SignInFirstAsync(server.App.Address, "amina", oneTime);
        await server.App.Store.WriteAsync(
            WritePriority.Reading, transaction => ContactStore.Save(transaction, AccountStore.Find(transaction, "amina")!.Id, new Contact("amina@hospital.example", null)), CancellationToken.None);

        var (code, output, _) = await RunAsync("export", "amina", "--data", scene.DataFolder);

        code.Should().Be(0);
        var person = JsonNode.Parse(output)!;
        ((string)person["display"]!).Should().Be("Amina Berrada");
        person["grants"]!.AsArray().Select(grant => (string)grant!).Should().Equal("technician at site:rabat");
        ((string)person["contact"]!["email"]!).Should().Be("amina@hospital.example");
        person["sessions"]!.AsArray().Should().ContainSingle();
        person["did"]!.AsArray().Select(row => (string)row!["kind"]!).Should().Equal("signed-in", "password-changed", "signed-in");
        person["about"]!.AsArray().Select(row => (string)row!["kind"]!).Should().Equal("account-added", "role-granted", "signed-in", "password-changed", "signed-in");
        var account = server.App.Store.Read(session => AccountStore.Find(session, "amina"))!;
        output.Should().NotContain(account.Password).And.NotContain(oneTime);
    }

    [Fact]
    public async Task Reset_LetsALostAdministratorInAgain_WhileTheServerIsStopped()
    {
        await using var scene = await Scene.OpenAsync();
        await using (await scene.ServeAsync())
        {
            (await RunAsync("reset", "admin", "--data", scene.DataFolder)).Should().Match<(int Code, string Output, string Error)>(ran => ran.Code == 1 && ran.Error.Contains("cannot be locked"));
        }

        var (code, output, _) = await RunAsync("reset", "admin", "--data", scene.DataFolder);

        code.Should().Be(0);
        await using var again = await scene.ServeAsync();
        using var admin = await ColdChain.Tests.Shared.FormSession.SignInFirstAsync(again.App.Address, "admin", output.Trim());
        again.App.FirstPassword.Should().BeNull();
    }

    [Theory]
    [InlineData("export")]
    [InlineData("reset")]
    public async Task Command_ForNobody_SaysSo(string command)
    {
        await using var scene = await Scene.OpenAsync();
        await using (await scene.ServeAsync())
        {
            // Its store is there from now on.
        }

        var (code, _, error) = await RunAsync(command, "nobody", "--data", scene.DataFolder);

        code.Should().Be(1);
        error.Should().Contain("There is no account 'nobody'").And.Contain("/people");
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await PeopleCommand.Create(TimeProvider.System).Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
