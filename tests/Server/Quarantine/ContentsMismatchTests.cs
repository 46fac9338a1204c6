using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Quarantine;

/// <summary>A blood unit where its product is not expected: never refused, always told, and never answered with yes.</summary>
public sealed class ContentsMismatchTests
{
    private static readonly StorageUnitId Fridge2 = new("fridge-2");
    private static readonly BloodUnit Platelets = new("W000026100003", "PLT");
    private static readonly BloodUnit Reagent = new("W000026100003", "REAGENT");

    [Fact]
    public async Task Platelets_InAFridge_AreEnteredAndFlagged()
    {
        await using var scene = await SceneFleet.AtNoonAsync();

        await EnterAsync(scene, Platelets);

        scene.Read(session => ContentsStore.OfBloodUnit(session, Platelets.Donation, Platelets.Product)).Should().ContainSingle("the bag is inside whatever the fleet file says");
        var told = Mismatches(scene).Should().ContainSingle().Subject;
        (told.Unit, told.Subject).Should().Be((Fridge2, Platelets.Donation));
        told.Payload.Should().Contain("judged by the limits of RBC, which are not within those of PLT").And.Contain("PLT must be agitated");
        var answer = scene.Read(session => IssueCheck.Ask(session, scene.Fleet, scene.Packs, scene.Placements, Platelets, scene.Store.Health, scene.Clock.Now));
        answer.Answer.Should().Be("unknown");
        answer.Reasons.Should().Contain(reason => reason.Contains("which are not within those of PLT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reagent_InAFridgeOfTighterLimits_IsNoMismatch()
    {
        await using var scene = await SceneFleet.AtNoonAsync();

        await EnterAsync(scene, Reagent);

        Mismatches(scene).Should().BeEmpty("what hurts it would have been noticed");
    }

    [Fact]
    public async Task SharedUnit_HasNoMismatchForAnyOfItsProducts()
    {
        await using var scene = await Scene.OpenAsync(SceneFleet.Text.Replace("product: RBC\n        context", "products: [RBC, SAMPLE, REAGENT]\n        context", StringComparison.Ordinal));
        scene.Clock.Now = Scene.At("12:00");

        await EnterAsync(scene, Reagent);

        Mismatches(scene).Should().BeEmpty();
    }

    [Fact]
    public async Task FleetFile_ThatPutsOneIn_IsFlaggedToo()
    {
        await using var scene = await Scene.OpenAsync(SceneFleet.Text.Replace("100001 P, product: RBC", "100001 P, product: PLT", StringComparison.Ordinal));

        Mismatches(scene).Should().ContainSingle().Which.Payload.Should().Contain("not within those of PLT");
    }

    [Fact]
    public async Task CodeThatNoPackKnows_IsASlipOfThePen()
    {
        await using var scene = await SceneFleet.AtNoonAsync();

        var enter = () => EnterAsync(scene, new BloodUnit("W000026100003", "WINE"));

        (await enter.Should().ThrowAsync<RefusalException>()).Which.Reason.Should().StartWith("product 'WINE' is not known to canary, eu-edqm");
        Mismatches(scene).Should().BeEmpty();
    }

    private static Task EnterAsync(Scene scene, BloodUnit bloodUnit) => scene.Write(transaction =>
        ContentsEntry.Enter(transaction, scene.Fleet, scene.Packs, new NewStay(Fridge2, bloodUnit, Scene.At("10:00"), null), scene.Clock.Now));

    private static List<EventRow> Mismatches(Scene scene) =>
        [.. scene.Read(session => EventLog.Read(session, 0, 10_000)).Where(row => row.Kind == EventKinds.ContentsMismatch)];
}
