using ColdChain.Server.Store;
using FsCheck;
using FsCheck.Fluent;

namespace ColdChain.Server.Tests.Supervision;

/// <summary>Whatever devices, sites and the server do, silence is told when it is there, only then, and once.</summary>
public sealed class SilenceModelTests
{
    private static readonly string[] Names = ["a1", "a2", "a3", "a4", "b1", "b2", "c1"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>One thing that happens, and how long it stays so.</summary>
    private abstract record Step(int Minutes)
    {
        public sealed record Talk(int Device, int Offset, int Minutes) : Step(Minutes);

        public sealed record Mute(int Device, int Minutes) : Step(Minutes);

        public sealed record SiteOut(char Site, int Minutes) : Step(Minutes);

        public sealed record Restart(int Minutes) : Step(Minutes);

        public sealed record Deafen(int Minutes) : Step(Minutes);
    }

    private static readonly Gen<Step> Steps =
        from minutes in Gen.Choose(0, 12)
        from device in Gen.Choose(0, Names.Length - 1)
        from offset in Gen.Choose(0, 59)
        from site in Gen.Elements('a', 'b', 'c')
        from step in Gen.Elements<Step>(
            new Step.Talk(device, offset, minutes), new Step.Talk(device, offset, minutes), new Step.Mute(device, minutes), new Step.SiteOut(site, minutes), new Step.Restart(minutes), new Step.Deafen(minutes))
        select step;

    [Fact]
    public void Silence_IsToldWhenItIsThere_OnlyThen_AndOnce() =>
        Prop.ForAll(Steps.ListOf(25).ToArbitrary(), steps => Run(steps.ToList())).QuickCheckThrowOnFailure();

    private static void Run(List<Step> steps)
    {
        var line = new Timeline();
        Array.ForEach(Names, name => line.Enrol(name, name[..1]));
        foreach (var step in steps)
        {
            Do(step, line);
            for (var minute = 0; minute < step.Minutes; minute++)
            {
                line.Pass(1);
                ShouldTellWhoIsSilent(line);
            }
        }

        ShouldBeginAndEndInTurn(line);
        line.Restart(Patience);
        Array.ForEach(Names, name => line.Talk(name, firstAfterSeconds: 30));
        line.Pass(1);
        line.Silences.Should().BeEmpty("everybody is heard");
    }

    private static void Do(Step step, Timeline line)
    {
        switch (step)
        {
            case Step.Talk talk:
                line.Talk(Names[talk.Device], talk.Offset);
                break;
            case Step.Mute mute:
                line.Mute(Names[mute.Device]);
                break;
            case Step.SiteOut site:
                line.Mute([.. Names.Where(name => name[0] == site.Site)]);
                break;
            case Step.Restart:
                line.Restart(Patience);
                break;
            case Step.Deafen:
                line.Deafen();
                break;
        }
    }

    private static void ShouldTellWhoIsSilent(Timeline line)
    {
        var told = line.Silences.Where(silence => silence is { Scope: SilenceScope.Device, Told: not SilenceTold.NotYet }).ToDictionary(silence => silence.Subject);
        foreach (var device in line.Devices)
        {
            var silent = line.Now - device.SilentSince;
            if (told.TryGetValue(device.Id.Value, out var silence))
            {
                silent.Should().BeGreaterThanOrEqualTo(device.SilentAfter, "{0} was heard", device.Id);
                silence.Since.Should().Be(device.SilentSince);
                (silence.Told == SilenceTold.Itself || line.Silences.Any(site => site.Scope == SilenceScope.Site && site.Subject == device.Site)).Should().BeTrue();
            }
            else if (!line.Hearing.IsDeaf && line.Now - line.Hearing.Since > Patience + device.Together && silent > device.SilentAfter + device.Together)
            {
                line.Silences.Should().ContainSingle(row => row.Subject == device.Id.Value && row.ExcusedUntil > line.Now - device.Together, "{0} is silent since {1}", device.Id, device.SilentSince);
            }
        }
    }

    private static void ShouldBeginAndEndInTurn(Timeline line)
    {
        foreach (var subject in line.Events.GroupBy(happened => (happened.Kind.Split('-')[0], happened.Subject)))
        {
            var kinds = subject.Select(happened => happened.Kind).ToList();
            for (var place = 0; place < kinds.Count; place++)
            {
                (kinds[place] is EventKinds.DeviceSilent or EventKinds.SiteSilent or EventKinds.ServerDeaf)
                    .Should().Be(place % 2 == 0, "{0} begins and ends in turn: {1}", subject.Key, string.Join(", ", kinds));
            }
        }
    }
}
