using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Alerts;

namespace ColdChain.Server.Tests.Reports.Reading;

public sealed class AlarmTimesTests
{
    private const string First = "site-1-fridge-1";
    private const string Second = "site-1-fridge-2";

    [Fact]
    public async Task Times_OfAnIncident_AreThoseThatItsEventsTell()
    {
        await using var scene = await AlertScene.OpenAsync();
        (string Unit, bool IsOver)[] happenings = [(First, false), (Second, false), (First, true), (Second, true), (First, false), (First, true), (Second, false)];
        foreach (var (unit, isOver) in happenings)
        {
            await scene.LosePowerAsync(unit, unit == First ? 1 : 2, isOver);
            await scene.WorkAsync();
            scene.Clock.Now += TimeSpan.FromMinutes(10);
        }

        var (opened, over, returned) = (At(EventKinds.IncidentOpened), At(EventKinds.IncidentOver), At(EventKinds.IncidentReturned));
        var (incident, to) = (scene.Open().Should().ContainSingle().Which, scene.Clock.Now);
        var members = scene.Store.Read(session => IncidentStore.MembersOfOpened(session, null, opened[0], to))[incident.Id].ToList();

        (over.Count, returned.Count).Should().Be((2, 2), "otherwise nothing was tried");
        AlarmTimes.Of(incident, members, to).Should().Equal(new SpanContent(opened[0], over[0]), new SpanContent(returned[0], over[1]), new SpanContent(returned[1], to));
        AlarmTimes.Of(incident, members.Where(member => member.At < over[1]), over[1]).Should().Equal(new SpanContent(opened[0], over[0]), new SpanContent(returned[0], over[1]));

        List<Instant> At(string kind) => scene.Events(kind).ConvertAll(row => row.At);
    }
}
