using ColdChain.Core.People;
using ColdChain.Server.People;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.People;

public sealed class AccountsTests
{
    private static readonly Grant AdminOfAll = new(Role.Admin, Scope.Nation);

    [Fact]
    public async Task FirstStart_MakesOneAdministratorOnce()
    {
        await using var scene = new PeopleScene();

        var oneTime = await scene.Accounts.MakeFirstAsync(CancellationToken.None);
        var again = await scene.Accounts.MakeFirstAsync(CancellationToken.None);

        again.Should().BeNull();
        scene.Account(Accounts.FirstName).MustChange.Should().BeTrue();
        scene.Store.Read(session => AccountStore.Grants(session, scene.Account(Accounts.FirstName).Id)).Should().Equal(AdminOfAll);
        var caller = await scene.FindAsync((await scene.SignInAsync(Accounts.FirstName, oneTime!)).Secret);
        caller!.Rights.Anywhere(Permission.SeeTiles).Should().BeFalse("a one-time password opens nothing but its change");
    }

    [Fact]
    public async Task Events_TellWhatWasDoneByWhomAndNoSecret()
    {
        await using var scene = new PeopleScene();
        var oneTime = (await scene.Accounts.AddAsync("amina", "Amina Berrada", "fr", PeopleScene.Boss, CancellationToken.None)).Secret!;
        await scene.Accounts.GrantAsync("amina", new Grant(Role.Technician, Scope.Site("rabat")), PeopleScene.Boss, CancellationToken.None);
        await scene.Accounts.GrantAsync("amina", new Grant(Role.Technician, Scope.Site("rabat")), PeopleScene.Boss, CancellationToken.None);

        scene.Events().Select(row => $"{row.Who} {row.Source} {row.Kind} {row.Subject} {row.Payload}").Should().Equal(
            """person:boss 192.0.2.7 account-added person:amina {"language":"fr"}""",
            """person:boss 192.0.2.7 role-granted person:amina {"role":"technician","scope":"site:rabat"}""");
        oneTime.Should().MatchRegex("^[a-z2-9]{5}(-[a-z2-9]{5}){3}$");
        scene.Events().Should().NotContain(row => row.Payload.Contains(oneTime));
        scene.Account("amina").Password.Should().NotContain(oneTime);
    }

    [Theory]
    [InlineData("Amina", "Amina", AccountFault.NameInvalid)]
    [InlineData("amina", " ", AccountFault.DisplayInvalid)]
    [InlineData("boss", "Boss", AccountFault.NameTaken)]
    public async Task Add_Wrong_ChangesNothing(string name, string display, AccountFault fault)
    {
        await using var scene = new PeopleScene();
        await scene.AddAsync("boss", AdminOfAll);
        var before = scene.Events().Count;

        (await scene.Accounts.AddAsync(name, display, "fr", PeopleScene.Boss, CancellationToken.None)).Should().Be(new Answer(fault));

        scene.Events().Should().HaveCount(before);
    }

    [Fact]
    public async Task LastAdministrator_CanBeNeitherDisabledNorRevoked()
    {
        await using var scene = new PeopleScene();
        await scene.AddAsync("boss", AdminOfAll);
        await scene.AddAsync("local", new Grant(Role.Admin, Scope.Site("rabat")));
        var before = scene.Events().Count;

        (await scene.Accounts.DisableAsync("boss", PeopleScene.Boss, CancellationToken.None)).Fault.Should().Be(AccountFault.LastAdmin);
        (await scene.Accounts.RevokeAsync("boss", AdminOfAll, PeopleScene.Boss, CancellationToken.None)).Fault.Should().Be(AccountFault.LastAdmin);

        scene.Account("boss").DisabledAt.Should().BeNull();
        scene.Events().Should().HaveCount(before);
        await scene.AddAsync("second", AdminOfAll);
        (await scene.Accounts.DisableAsync("boss", PeopleScene.Boss, CancellationToken.None)).Fault.Should().BeNull();
    }

    [Theory]
    [InlineData("wrong password", "another long one", AccountFault.PasswordWrong)]
    [InlineData(PeopleScene.Password, PeopleScene.Password, AccountFault.PasswordSame)]
    [InlineData(PeopleScene.Password, "short", AccountFault.PasswordShort)]
    [InlineData(PeopleScene.Password, "motdepasse123", AccountFault.PasswordCommon)]
    public async Task Password_ChangedWrongly_StaysAsItIs(string present, string wanted, AccountFault fault)
    {
        await using var scene = new PeopleScene();
        await scene.AddAsync("amina");
        var account = scene.Account("amina");

        (await scene.Accounts.ChangePasswordAsync(account, present, wanted, PeopleScene.Boss, CancellationToken.None)).Fault.Should().Be(fault);

        scene.Account("amina").Password.Should().Be(account.Password);
    }

    [Fact]
    public async Task Revoke_OfWhatWasNotGranted_IsRefused()
    {
        await using var scene = new PeopleScene();
        await scene.AddAsync("boss", AdminOfAll);

        (await scene.Accounts.RevokeAsync("boss", new Grant(Role.Viewer, Scope.Nation), PeopleScene.Boss, CancellationToken.None)).Fault.Should().Be(AccountFault.GrantInvalid);
        (await scene.Accounts.GrantAsync("nobody", AdminOfAll, PeopleScene.Boss, CancellationToken.None)).Fault.Should().Be(AccountFault.NameUnknown);
    }
}
