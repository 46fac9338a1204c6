using System.Net;
using ColdChain.Core.People;
using ColdChain.Server.People;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.People;

public sealed class SessionsTests
{
    [Fact]
    public async Task SignIn_Right_IsInWithItsRightsAndIsTold()
    {
        await using var scene = new PeopleScene();
        await scene.AddAsync("amina", new Grant(Role.Technician, Scope.Site("rabat")));

        var caller = await scene.FindAsync((await scene.SignInAsync("amina")).Secret);

        caller!.Actor.Should().Be(Actor.Person("amina", PeopleScene.Desk));
        caller.Rights.Allow(Permission.EnterContents, new Place("rabat", null)).Should().BeTrue();
        caller.Rights.Allow(Permission.EnterContents, new Place("fes", null)).Should().BeFalse();
        scene.Events()[^1].Should().Match<EventRow>(row => row.Kind == EventKinds.SignedIn && row.Who == "person:amina" && row.Source == "192.0.2.10");
    }

    [Fact]
    public async Task SignIn_Wrong_TellsOfKnownAccountsOnly()
    {
        await using var scene = new PeopleScene();
        await scene.AddAsync("amina");
        var before = scene.Events().Count;

        (await scene.SignInAsync("amina", "not the password")).Should().Be(default(SignInAnswer));
        (await scene.SignInAsync("my secret typed as name", "x")).Should().Be(default(SignInAnswer));

        scene.Events().Skip(before).Select(row => $"{row.Kind} {row.Who} {row.Subject}").Should().Equal("sign-in-refused nobody person:amina");
    }

    [Fact]
    public async Task Session_NotUsed_EndsAfterItsIdleTime()
    {
        await using var scene = new PeopleScene();
        await scene.AddAsync("amina");
        var secret = (await scene.SignInAsync("amina")).Secret;
        for (var minutes = 0; minutes < 60; minutes += 14)
        {
            scene.Clock.Now += TimeSpan.FromMinutes(14);
            (await scene.FindAsync(secret)).Should().NotBeNull("it is in use");
        }

        scene.Clock.Now += TimeSpan.FromMinutes(10);
        (await scene.FindAsync(secret, isUse: false)).Should().NotBeNull();
        scene.Clock.Now += TimeSpan.FromMinutes(5);
        (await scene.FindAsync(secret)).Should().BeNull("what a page asks by itself keeps nobody signed in");
    }

    [Fact]
    public async Task Session_InUse_EndsAfterTwelveHours()
    {
        await using var scene = new PeopleScene();
        await scene.AddAsync("amina");
        var secret = (await scene.SignInAsync("amina")).Secret;
        var end = scene.Clock.Now + Sessions.LengthMax;
        while (scene.Clock.Now + TimeSpan.FromMinutes(10) < end)
        {
            scene.Clock.Now += TimeSpan.FromMinutes(10);
            (await scene.FindAsync(secret)).Should().NotBeNull();
        }

        scene.Clock.Now = end;
        (await scene.FindAsync(secret)).Should().BeNull();
    }

    [Theory]
    [InlineData("sign-out")]
    [InlineData("password")]
    [InlineData("disable")]
    [InlineData("reset")]
    public async Task Session_EndsWith(string what)
    {
        await using var scene = new PeopleScene();
        await scene.AddAsync("boss", new Grant(Role.Admin, Scope.Nation));
        await scene.AddAsync("amina", new Grant(Role.Viewer, Scope.Nation));
        var secret = (await scene.SignInAsync("amina")).Secret!;
        var caller = (await scene.FindAsync(secret))!;
        caller.IsStillIn().Should().BeTrue();

        await (what switch
        {
            "sign-out" => scene.Sessions.SignOutAsync(secret, caller, CancellationToken.None),
            "password" => scene.Accounts.ChangePasswordAsync(scene.Account("amina"), PeopleScene.Password, "another long word", caller.Actor, CancellationToken.None),
            "disable" => scene.Accounts.DisableAsync("amina", PeopleScene.Boss, CancellationToken.None),
            _ => scene.Accounts.ResetAsync("amina", PeopleScene.Boss, CancellationToken.None),
        });

        (await scene.FindAsync(secret)).Should().BeNull();
        caller.IsStillIn().Should().BeFalse("a page that is open must notice");
    }

    [Fact]
    public async Task Disabled_IsNotLetIn()
    {
        await using var scene = new PeopleScene();
        await scene.AddAsync("boss", new Grant(Role.Admin, Scope.Nation));
        await scene.AddAsync("amina");
        await scene.Accounts.DisableAsync("amina", PeopleScene.Boss, CancellationToken.None);

        (await scene.SignInAsync("amina")).Secret.Should().BeNull();
        await scene.Accounts.EnableAsync("amina", PeopleScene.Boss, CancellationToken.None);
        (await scene.SignInAsync("amina")).Secret.Should().NotBeNull();
    }

    [Fact]
    public async Task Guessing_HasToWait_AndWhoeverIsSignedInHasNot()
    {
        await using var scene = new PeopleScene();
        await scene.AddAsync("amina");
        var secret = (await scene.SignInAsync("amina")).Secret;
        for (var i = 0; i < SignInThrottle.FreeOfAccount; i++)
        {
            (await scene.SignInAsync("amina", "guess")).Wait.Should().Be(TimeSpan.Zero);
        }

        (await scene.SignInAsync("amina")).Should().Be(new SignInAnswer(null, SignInThrottle.First), "the right password has to wait as well");
        (await scene.FindAsync(secret)).Should().NotBeNull();
        scene.Clock.Now += SignInThrottle.First;
        (await scene.SignInAsync("amina")).Secret.Should().NotBeNull();
        (await scene.SignInAsync("amina", "guess")).Wait.Should().Be(TimeSpan.Zero, "the count began anew");
    }

    [Fact]
    public async Task Guesses_AllAtOnce_AreNotMadeBeforeTheFirstOneCounts()
    {
        await using var scene = new PeopleScene();
        await scene.AddAsync("amina");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(guess => Task.Run(() => scene.SignInAsync("amina", $"guess {guess}"))));

        answers.Count(answer => answer.Wait == TimeSpan.Zero).Should().Be(SignInThrottle.FreeOfAccount);
    }

    [Fact]
    public async Task Token_IsFoundByItsTextUntilItIsRevoked()
    {
        await using var scene = new PeopleScene();
        var token = (await scene.Tokens.MakeAsync("his", ["read"], Scope.Site("rabat"), PeopleScene.Boss, CancellationToken.None)).Secret!;

        var caller = scene.Tokens.Find(token, IPAddress.Loopback)!;

        caller.Actor.Name.Should().Be("token:his");
        caller.Rights.Allow(Permission.See, new Place("rabat", null)).Should().BeTrue();
        caller.Rights.Everywhere(Permission.See).Should().BeFalse();
        (await scene.Tokens.MakeAsync("his", ["read"], Scope.Nation, PeopleScene.Boss, CancellationToken.None)).Fault.Should().Be(AccountFault.NameTaken);
        (await scene.Tokens.MakeAsync("api", ["read"], Scope.Nation, PeopleScene.Boss, CancellationToken.None)).Fault.Should().Be(AccountFault.NameTaken);
        (await scene.Tokens.MakeAsync("other", ["everything"], Scope.Nation, PeopleScene.Boss, CancellationToken.None)).Fault.Should().Be(AccountFault.ScopeInvalid);
        (await scene.Tokens.RevokeAsync("his", PeopleScene.Boss, CancellationToken.None)).Fault.Should().BeNull();
        scene.Tokens.Find(token, IPAddress.Loopback).Should().BeNull();
        caller.IsStillIn().Should().BeFalse();
        scene.Events().Should().NotContain(row => row.Payload.Contains(token));
    }
}
