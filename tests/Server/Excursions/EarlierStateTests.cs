using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Server.Excursions;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>What the evaluator of an earlier version left is completed at the first judgement of this one.</summary>
public sealed class EarlierStateTests
{
    private static readonly StorageUnitId Fridge2 = new("fridge-2");

    [Fact]
    public async Task Unit_ThatAnEarlierVersionJudgedLast_IsJudgedOnceMore()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        var before = State(scene);
        await scene.Write(transaction => transaction.Execute("UPDATE unit_states SET settled = NULL WHERE unit = $unit", ("$unit", Fridge2)));

        await scene.JudgeAsync("12:00");
        State(scene).Should().BeEquivalentTo(before with { Version = before.Version + 1 }, options => options.Excluding(row => row.State));

        await scene.JudgeAsync("12:00");
        State(scene).Version.Should().Be(before.Version + 1, "that was all that it lacked");
    }

    [Fact]
    public void Judgement_ThatAnEarlierVersionPostponed_IsMadeAtOnce()
    {
        const string stored = """{"Head":null,"HeadAt":90,"LastCheckpointAt":50,"Silent":[],"ReviewFrom":70,"DeliveringSince":80}""";

        var state = EvaluatorState.FromBytes(Encoding.UTF8.GetBytes(stored));

        state.Deliveries.Should().ContainSingle().Which.PostponedFrom.Should().Be(new Instant(70));
        EvaluatorState.FromBytes((state with { Deliveries = [] }).ToBytes()).Deliveries.Should().BeEmpty("it is kept no longer than that");
    }

    private static UnitStateRow State(Scene scene) => scene.Read(session => UnitStateStore.Find(session, Fridge2))!; // It was judged.
}
