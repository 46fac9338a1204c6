using ColdChain.Core.People;
using ColdChain.Server.People;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.People;

public sealed class SecondFactorTests
{
    [Fact]
    public async Task Draft_CountsOnceItsCodeWasTyped()
    {
        await using var scene = new PeopleScene();
        var factor = await SceneAsync(scene);

        (await factor.DraftAsync(scene.Account("amina"), "another password", PeopleScene.Boss, CancellationToken.None)).Fault.Should().Be(AccountFault.PasswordWrong);
        (await factor.ConfirmAsync(scene.Account("amina"), "123456", PeopleScene.Boss, CancellationToken.None)).Fault.Should().Be(AccountFault.CodeWrong, "there is no draft");
        (await factor.DraftAsync(scene.Account("amina"), PeopleScene.Password, PeopleScene.Boss, CancellationToken.None)).Fault.Should().BeNull();
        (await RequireAsync(scene, factor, CodeOf(scene, scene.Account("amina").TotpDraft))).Should().Be(AccountFault.FactorMissing);
        (await factor.ConfirmAsync(scene.Account("amina"), CodeOf(scene, scene.Account("amina").TotpDraft), PeopleScene.Boss, CancellationToken.None)).Fault.Should().BeNull();

        scene.Account("amina").TotpDraft.Should().BeNull();
        scene.Events()[^1].Should().Match<EventRow>(row => row.Kind == EventKinds.SecondFactorSet && row.Payload == """{"before":"none"}""");
    }

    [Fact]
    public async Task Code_IsTakenOnce_AndTheNextOneAgain()
    {
        await using var scene = new PeopleScene();
        var factor = await ConfirmedAsync(scene);

        (await RequireAsync(scene, factor, CodeOf(scene))).Should().Be(AccountFault.CodeWrong, "it confirmed the secret already");
        scene.Clock.Now += TimeSpan.FromSeconds(30);
        (await RequireAsync(scene, factor, CodeOf(scene))).Should().BeNull();
        (await RequireAsync(scene, factor, CodeOf(scene))).Should().Be(AccountFault.CodeWrong);
    }

    [Fact]
    public async Task Code_OfWhatWasUndone_IsNotUsedUp()
    {
        await using var scene = new PeopleScene();
        var factor = await ConfirmedAsync(scene);
        scene.Clock.Now += TimeSpan.FromSeconds(30);

        var undone = () => scene.Store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                factor.RequireTotp(transaction, "amina", CodeOf(scene)).Should().BeNull();
                throw new InvalidOperationException("What was to be done was refused.");
            },
            CancellationToken.None);
        await undone.Should().ThrowAsync<InvalidOperationException>();

        (await RequireAsync(scene, factor, CodeOf(scene))).Should().BeNull();
    }

    [Fact]
    public async Task Guesses_HaveToWait_AndKeepNobodyFromSigningIn()
    {
        await using var scene = new PeopleScene();
        var factor = await ConfirmedAsync(scene);
        scene.Clock.Now += TimeSpan.FromSeconds(30);
        for (var i = 0; i < SignInThrottle.FreeOfAccount; i++)
        {
            (await RequireAsync(scene, factor, "guess")).Should().Be(AccountFault.CodeWrong);
        }

        (await RequireAsync(scene, factor, CodeOf(scene))).Should().Be(AccountFault.CodeTooOften);
        (await scene.SignInAsync("amina")).Secret.Should().NotBeNull();
        scene.Clock.Now += SignInThrottle.First;
        (await RequireAsync(scene, factor, CodeOf(scene))).Should().BeNull();
    }

    [Fact]
    public async Task Disabled_HasNoFactor_AndAResetTakesItAway()
    {
        await using var scene = new PeopleScene();
        var factor = await ConfirmedAsync(scene);
        scene.Clock.Now += TimeSpan.FromSeconds(30);
        await scene.AddAsync("boss", new Grant(Role.Admin, Scope.Nation));

        await scene.Accounts.DisableAsync("amina", PeopleScene.Boss, CancellationToken.None);
        (await RequireAsync(scene, factor, CodeOf(scene))).Should().Be(AccountFault.FactorMissing);
        await scene.Accounts.EnableAsync("amina", PeopleScene.Boss, CancellationToken.None);
        await scene.Accounts.ResetAsync("amina", PeopleScene.Boss, CancellationToken.None);
        (await RequireAsync(scene, factor, "000000")).Should().Be(AccountFault.FactorMissing);
    }

    [Fact]
    public async Task Both_ArePasswordAndCode_AndAPasswordThatWasChangedMeanwhileIsNone()
    {
        await using var scene = new PeopleScene();
        var factor = await ConfirmedAsync(scene);
        scene.Clock.Now += TimeSpan.FromSeconds(30);

        factor.CheckPassword("amina", "another password").Fault.Should().Be(AccountFault.PasswordWrong);
        factor.CheckPassword("nobody", PeopleScene.Password).Fault.Should().Be(AccountFault.PasswordWrong);
        factor.CheckPassword("amina", new string('a', AccountRules.PasswordMax + 1)).Fault.Should().Be(AccountFault.PasswordWrong);
        factor.CheckBoth("amina", PeopleScene.Password, "000000").Fault.Should().Be(AccountFault.CodeWrong);
        factor.CheckBoth("amina", "another password", CodeOf(scene)).Fault.Should().Be(AccountFault.PasswordWrong, "a code alone is not enough");
        (await BothAsync(factor.CheckBoth("amina", "another password", CodeOf(scene)))).Should().Be(AccountFault.PasswordWrong);

        scene.Clock.Now += TimeSpan.FromSeconds(30);
        var before = factor.CheckBoth("amina", PeopleScene.Password, CodeOf(scene));
        (await scene.Accounts.ChangePasswordAsync(scene.Account("amina"), PeopleScene.Password, "another horse eats oats", PeopleScene.Boss, CancellationToken.None)).Fault.Should().BeNull();
        (before.Fault, await BothAsync(before)).Should().Be((null, AccountFault.PasswordWrong));

        Task<AccountFault?> BothAsync(SignatureCheck looked) => RequireBothAsync(scene, looked);
    }

    [Fact]
    public async Task Code_OfASignature_CountsFromWhenItWasTyped_AndOnce()
    {
        await using var scene = new PeopleScene();
        var factor = await ConfirmedAsync(scene);
        scene.Clock.Now += TimeSpan.FromSeconds(30);
        var code = CodeOf(scene);
        var (first, second) = (factor.CheckBoth("amina", PeopleScene.Password, code), factor.CheckBoth("amina", PeopleScene.Password, code));

        scene.Clock.Now += TimeSpan.FromMinutes(3);

        factor.CheckBoth("amina", PeopleScene.Password, code).Fault.Should().Be(AccountFault.CodeWrong, "it is too old to be typed now");
        (await RequireBothAsync(scene, first)).Should().BeNull();
        (await RequireBothAsync(scene, second)).Should().Be(AccountFault.CodeWrong, "it was used");
        (await RequireBothAsync(scene, first)).Should().Be(AccountFault.CodeWrong, "it was used");
    }

    [Fact]
    public async Task Guesses_OfTheCodeUnderSignatures_HaveToWait()
    {
        await using var scene = new PeopleScene();
        var factor = await ConfirmedAsync(scene);
        scene.Clock.Now += TimeSpan.FromSeconds(30);
        for (var i = 0; i < SignInThrottle.FreeOfAccount; i++)
        {
            factor.CheckBoth("amina", PeopleScene.Password, "000000").Fault.Should().Be(AccountFault.CodeWrong);
        }

        factor.CheckBoth("amina", PeopleScene.Password, CodeOf(scene)).Fault.Should().Be(AccountFault.CodeTooOften);
        scene.Clock.Now += SignInThrottle.First;
        factor.CheckBoth("amina", PeopleScene.Password, CodeOf(scene)).Fault.Should().BeNull();
    }

    [Fact]
    public async Task Guesses_OfThePasswordUnderSignatures_HaveToWait_AndKeepNobodyFromSigningIn()
    {
        await using var scene = new PeopleScene();
        var factor = await SceneAsync(scene);
        factor.CheckPassword("amina", "guess").Fault.Should().Be(AccountFault.FactorMissing, "what is missing is told before anything is typed in vain");
        factor = await ConfirmedAsync(scene, factor);
        for (var i = 0; i < SignInThrottle.FreeOfAccount; i++)
        {
            factor.CheckPassword("amina", "guess").Fault.Should().Be(AccountFault.PasswordWrong);
        }

        factor.CheckPassword("amina", PeopleScene.Password).Fault.Should().Be(AccountFault.PasswordTooOften);
        (await scene.SignInAsync("amina")).Secret.Should().NotBeNull();
        scene.Clock.Now += SignInThrottle.First;
        factor.CheckPassword("amina", PeopleScene.Password).Fault.Should().BeNull();
    }

    private static Task<AccountFault?> RequireBothAsync(PeopleScene scene, SignatureCheck looked) =>
        scene.Store.WriteAsync(WritePriority.Decision, transaction => SecondFactor.RequireBoth(transaction, "amina", looked), CancellationToken.None);

    private static async Task<SecondFactor> SceneAsync(PeopleScene scene)
    {
        await scene.AddAsync("amina");
        return new SecondFactor(scene.Store, scene.Throttle, scene.Clock);
    }

    private static async Task<SecondFactor> ConfirmedAsync(PeopleScene scene, SecondFactor? made = null)
    {
        var factor = made ?? await SceneAsync(scene);
        await factor.DraftAsync(scene.Account("amina"), PeopleScene.Password, PeopleScene.Boss, CancellationToken.None);
        (await factor.ConfirmAsync(scene.Account("amina"), CodeOf(scene, scene.Account("amina").TotpDraft), PeopleScene.Boss, CancellationToken.None)).Fault.Should().BeNull();
        return factor;
    }

    private static string CodeOf(PeopleScene scene, byte[]? secret = null) => Totp.Code(secret ?? scene.Account("amina").TotpSecret, Totp.StepAt(scene.Clock.Now));

    private static Task<AccountFault?> RequireAsync(PeopleScene scene, SecondFactor factor, string code) => scene.Store.WriteAsync(
        WritePriority.Decision, transaction => factor.RequireTotp(transaction, "amina", code), CancellationToken.None);
}
