using ColdChain.Core.Excursions;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

public sealed class ConditionReconcilerTests
{
    [Fact]
    public void Condition_ThatIsStoredAsItIs_DoesNotChange() => Reconcile([Known(1, 5, 17)], [Door(5, 17)]).Should().BeEmpty();

    [Fact]
    public void Condition_ThatEnded_KeepsItsId()
    {
        var change = Reconcile([Known(1, 5, null)], [Door(5, 17)]).Should().ContainSingle().Subject;

        change.Before!.Id.Should().Be(1);
        change.Condition.Should().Be(Door(5, 17));
        change.Status.Should().Be(ConditionStatus.Current);
    }

    [Fact]
    public void Conditions_ThatTouch_DoNotChangePlaces() => Reconcile([Known(1, 10, 20), Known(2, 5, 10)], [Door(5, 10), Door(10, 20)]).Should().BeEmpty();

    [Fact]
    public void Condition_ThatLateDataBeganEarlier_IsTheSameCondition() =>
        Reconcile([Known(1, 5, 17)], [Door(3, 17)]).Should().ContainSingle().Which.Before!.Id.Should().Be(1);

    [Fact]
    public void Condition_ThatLateDataSplit_IsChangedAndAdded() =>
        Reconcile([Known(1, 5, 17)], [Door(5, 9), Door(11, 17)]).Select(change => change.Before?.Id).Should().Equal(1, null);

    [Fact]
    public void Condition_ThatLateDataRemoved_IsRetracted() =>
        Reconcile([Known(1, 5, 17)], [Door(17, 20)]).Select(change => (change.Before?.Id, change.Status))
            .Should().Equal((null, ConditionStatus.Current), (1, ConditionStatus.Retracted));

    [Fact]
    public void Condition_OfAnotherKindOrProbe_IsAnotherOne()
    {
        var mains = Door(5, 17) with { Kind = ConditionKind.MainsLost };

        Reconcile([Known(1, 5, 17)], [Door(5, 17), mains]).Should().ContainSingle().Which.Before.Should().BeNull();
    }

    private static IReadOnlyList<ConditionChange> Reconcile(KnownCondition[] known, Condition[] folded) => ConditionReconciler.Reconcile(known, folded);

    private static KnownCondition Known(long id, double start, double? end) => new(id, Door(start, end));

    private static Condition Door(double start, double? end) =>
        new(ConditionKind.DoorOpen, Some.Probe, Minute(start), end is { } minute ? Minute(minute) : null, end is { } settled ? Minute(settled) : null);
}
