using System.Text.Json;
using System.Text.Json.Nodes;
using ColdChain.Server.Store;
using ColdChain.Server.Supervision;

namespace ColdChain.Server.Tests.Supervision;

public sealed class SilenceJudgeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Fact]
    public void Device_Alone_IsToldAfterThreeMissedHeartbeats_AndAgainWhenItIsHeard()
    {
        var line = new Timeline().Enrol("a", "rabat").Talk("a").Pass(10).Mute("a").Pass(20).Talk("a").Pass(5);

        line.Told.Should().Equal("13.0 device-silent a", "30.1 device-heard-again a");
        Payload(line, 0, "since", "neverHeard").Should().Be($"{Timeline.Start + TimeSpan.FromMinutes(10)} false");
        Payload(line, 0, "reason").Should().Contain("for 180 s, heartbeats included");
        Payload(line, 1, "seconds").Should().Be("1205");
        line.Silences.Should().BeEmpty();
    }

    [Fact]
    public void Device_ThatMissesTwoHeartbeats_IsNotSilent() =>
        new Timeline().Enrol("a", "rabat").Talk("a").Pass(10).Mute("a").Pass(2.9).Talk("a").Pass(10).Told.Should().BeEmpty();

    [Fact]
    public void Device_NeverHeard_IsToldFromItsEnrolment()
    {
        var line = new Timeline().Enrol("a", "rabat").Pass(5);

        line.Told.Should().Equal("3.0 device-silent a");
        Payload(line, 0, "neverHeard").Should().Be("true");
        line.Talk("a").Pass(1).Told.Should().EndWith("5.1 device-heard-again a");
    }

    [Fact]
    public void Site_OfForty_ThatLosesItsPower_IsOneEventAndOneReturn()
    {
        var line = Site(40).Pass(10).Mute(Names(40)).Pass(60);
        foreach (var (name, place) in Names(40).Select((name, place) => (name, place)))
        {
            line.Talk(name, firstAfterSeconds: 5 + (place * 7));
        }

        line.Pass(30);

        line.Told.Should().HaveCount(2);
        line.Told[0].Should().MatchRegex("^1[23].* site-silent rabat$");
        Payload(line, 0, "devices", "ofDevices").Should().Be("40 40");
        line.Told[1].Should().Be("70.1 site-heard-again rabat");
        Payload(line, 1, "devices").Should().Be("40");
        line.Silences.Should().BeEmpty();
    }

    [Fact]
    public void Device_ThatStaysSilentWhenItsSiteReturns_IsToldByItself()
    {
        var line = Site(5).Pass(10).Mute(Names(5)).Pass(60).Talk("d0").Talk("d1").Talk("d2").Talk("d3").Pass(30);

        line.Told.Skip(1).Should().Equal("70.1 site-heard-again rabat", "80.1 device-silent d4");
        Payload(line, 2, "since").Should().Be($"{Timeline.Start + TimeSpan.FromSeconds((9 * 60) + 48)}", "it has been silent since its own last word");
    }

    [Fact]
    public void Device_ThatFollowsWhileItsSiteIsSilent_IsPartOfIt()
    {
        var foreign = TimeSpan.FromMinutes(15);
        var line = Site(3).Enrol("gateway", "rabat", foreign).Talk("gateway", everySeconds: 600).Pass(20).Mute([.. Names(3), "gateway"]).Pass(60);

        line.Told.Should().ContainSingle().Which.Should().Contain("site-silent rabat");
        line.Silences.Where(silence => silence.Told == SilenceTold.WithSite).Should().HaveCount(4);
    }

    [Fact]
    public void Device_SilentWhileOthersOfItsSiteTalk_IsToldAtOnceByItself() =>
        Site(5).Pass(10).Mute("d2").Pass(10).Told.Should().ContainSingle().Which.Should().StartWith("12.").And.EndWith("device-silent d2");

    [Fact]
    public void Devices_TwoOfMany_AreTwoEvents() =>
        Site(40).Pass(10).Mute("d2", "d3").Pass(10).Told.Select(Words).Should().BeEquivalentTo("device-silent d2", "device-silent d3");

    [Fact]
    public void Site_WithADeviceLongSilent_IsStillOneEventForTheOthers()
    {
        var line = Site(5).Pass(10).Mute("d0").Pass(60).Mute(Names(5)).Pass(10);

        line.Told.Select(Words).Should().Equal("device-silent d0", "site-silent rabat");
        Payload(line, 1, "devices", "ofDevices").Should().Be("4 5");
    }

    [Fact]
    public void Site_HeardForAMoment_AndSilentAgain_IsOneEventForWhatIsLeft()
    {
        var line = Site(5).Pass(10).Mute(Names(5)).Pass(60).Talk("d0").Pass(0.2).Mute("d0").Pass(60);

        line.Told.Select(Words).Should().Equal("site-silent rabat", "site-heard-again rabat", "device-silent d0", "site-silent rabat");
        Payload(line, 3, "devices").Should().Be("4");
    }

    [Fact]
    public void Sites_OfOneDeviceEach_AreToldByDevice() => new Timeline()
        .Enrol("a", "rabat").Enrol("b", "fes").Talk("a").Talk("b").Pass(10).Mute("a", "b").Pass(10)
        .Told.Select(Words).Should().BeEquivalentTo("device-silent a", "device-silent b");

    [Fact]
    public void Server_ThatWasAway_TellsNoSilenceOfItsOwn()
    {
        var line = Site(5).Pass(10).Mute(Names(5)).Restart(Patience).Pass(5);
        Array.ForEach(Names(5), name => line.Talk(name));

        line.Pass(30).Told.Should().BeEmpty();
    }

    [Fact]
    public void Server_ThatWasAway_TellsAfterItsPatienceWhoDoesNotComeBack()
    {
        var line = Site(5).Pass(10).Mute(Names(5)).Restart(Patience).Pass(30);

        line.Told.Should().Equal("20.0 site-silent rabat");
    }

    [Fact]
    public void Server_ThatRestartsDuringAnOutage_TellsNothingTwice_AndTheReturn()
    {
        var line = Site(5).Enrol("alone", "fes").Talk("alone").Pass(10).Mute([.. Names(5), "alone"]).Pass(10).Restart(Patience).Pass(60).Restart(Patience).Talk("d1").Talk("alone").Pass(1);

        line.Told.Select(Words).Should().BeEquivalentTo("device-silent alone", "site-silent rabat", "site-heard-again rabat", "device-heard-again alone");
    }

    [Fact]
    public void Broker_Lost_IsOneEvent_AndNobodysSilence()
    {
        var line = Site(5).Enrol("b", "fes").Talk("b").Pass(10).Deafen().Pass(60);
        line.Told.Should().Equal("13.0 server-deaf");

        line.Restart(Patience).Pass(0.1);
        line.Told.Skip(1).Should().Equal("70.1 server-hears-again");
        line.Pass(30).Told.Should().HaveCount(2, "everybody is heard again in time");
    }

    [Fact]
    public void Broker_LostForAMinute_IsNoEvent() => Site(2).Pass(10).Deafen().Pass(1).Restart(Patience).Pass(30).Told.Should().BeEmpty();

    [Fact]
    public void Device_ThatLeavesTheFleetWhileSilent_IsNotWaitedForAnyMore()
    {
        var line = Site(3).Enrol("a", "fes").Pass(10).Remove("a").Pass(1);

        line.Told.Select(Words).Should().Equal("device-silent a", "silence-dropped a");
        line.Silences.Should().BeEmpty();
    }

    [Fact]
    public void Device_HeardAfterTheClockWasSetBack_IsHeard()
    {
        var line = new Timeline().Enrol("a", "rabat").Talk("a").Pass(10).Mute("a").Pass(10);
        var device = line.Devices.Single() with { LastWord = Timeline.Start - TimeSpan.FromDays(1) };

        var verdict = SilenceJudge.Judge(line.Hearing, [device], line.Silences);

        verdict.Events.Select(happened => happened.Kind).Should().StartWith(EventKinds.DeviceHeardAgain);
    }

    private static Timeline Site(int devices)
    {
        var line = new Timeline();
        foreach (var (name, place) in Names(devices).Select((name, place) => (name, place)))
        {
            line.Enrol(name, "rabat").Talk(name, firstAfterSeconds: place * 60 / devices);
        }

        return line;
    }

    private static string[] Names(int devices) => [.. Enumerable.Range(0, devices).Select(number => $"d{number}")];

    private static string Words(string told) => told[(told.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static string Payload(Timeline line, int place, params string[] names)
    {
        var payload = JsonSerializer.SerializeToNode(line.Events[place].Payload, JsonSerializerOptions.Web)!; // Payloads are objects.
        return string.Join(' ', names.Select(name => payload[name] is JsonValue value ? value.ToString() : "null"));
    }
}
