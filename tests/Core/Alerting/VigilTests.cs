using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Alerting;

/// <summary>When somebody who watches from outside cries out.</summary>
public sealed class VigilTests
{
    private const string Fault = "It does not answer.";
    private static readonly Instant Start = new(1_795_348_800_000);
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(15);

    [Fact]
    public void Restart_ShorterThanAllowed_IsNoAlarm() => Cries((0, Fault), (2, Fault), (3, Fault), (4, null)).Should().AllBeEquivalentTo(Cry.None);

    [Fact]
    public void Fault_ThatLasts_IsToldOnce_ThenAgainEachQuarter_AndItsEndOnce() =>
        Cries((0, Fault), (3, Fault), (4, Fault), (5, Fault), (18, Fault), (19, Fault), (34, Fault), (35, null), (36, null)).Should()
            .Equal(Cry.None, Cry.None, Cry.Alarm, Cry.None, Cry.None, Cry.Again, Cry.Again, Cry.Over, Cry.None);

    [Fact]
    public void Fault_AfterAnEnd_BeginsAnew() => Cries((0, Fault), (4, Fault), (5, null), (6, Fault), (9, Fault), (10, Fault)).Should()
        .Equal(Cry.None, Cry.Alarm, Cry.Over, Cry.None, Cry.None, Cry.Alarm);

    [Fact]
    public void Fault_OfAnotherKindMeanwhile_IsTheSameAlarm() => Cries((0, Fault), (2, "The disk is full."), (4, Fault)).Should().Equal(Cry.None, Cry.None, Cry.Alarm);

    private static List<Cry> Cries(params (int Minute, string? Fault)[] looks)
    {
        var (vigil, cries) = (Vigil.Well, new List<Cry>());
        foreach (var (minute, fault) in looks)
        {
            (vigil, var cry) = vigil.Look(new Sight(Start + TimeSpan.FromMinutes(minute), fault), Late, Again);
            cries.Add(cry);
        }

        return cries;
    }
}
