using System.Globalization;
using System.Text.RegularExpressions;
using ColdChain.Core.Alerting;
using ColdChain.Server.Alerts;

namespace ColdChain.Server.Tests.Alerts;

public sealed partial class StormTests
{
    /// <summary>A thousand fridges at once: whoever is on call gets three messages in ten minutes, and each alarm is named in one of them or counted in it with the page of all.</summary>
    [Fact]
    public async Task ThousandFridges_AtOnce_AreThreeMessagesInTenMinutes_AndNoneIsLost()
    {
        var (sms, mail, voice) = (new KeptChannel(AlertChannel.Sms), new KeptChannel(AlertChannel.Email), new KeptChannel(AlertChannel.Voice));
        await using var scene = await AlertScene.OpenAsync(sites: 1, fridges: 1000, null, sms, mail, voice);
        await scene.AddAsync("amina", Duty.First);
        await scene.AddAsync("karim", Duty.Second);
        await scene.WorkAsync();
        foreach (var number in Enumerable.Range(1, 1000))
        {
            await scene.LookBackAsync($"site-1-fridge-{number}");
            if (number % 100 == 0)
            {
                await scene.PassAsync(TimeSpan.FromSeconds(3)); // The server reads on while it storms.
            }
        }

        for (var second = 30; second < 21 * 60; second += 30)
        {
            await scene.PassAsync(TimeSpan.FromSeconds(30));
        }

        AlertMessage[] all = [.. sms.Delivered, .. mail.Delivered, .. voice.Delivered];
        foreach (var person in all.GroupBy(message => message.To.Contains('@', StringComparison.Ordinal) ? message.To : message.To[^2..]))
        {
            person.Should().OnlyContain(message => person.Count(other => other.At <= message.At && message.At - other.At < StormGuard.Window) <= StormGuard.MessagesMax);
        }

        all.SelectMany(message => message.Incidents).Select(told => told.Id).Distinct().Should().HaveCount(1000);
        all.Where(message => message.Incidents.Count > 1).Should().OnlyContain(message => message.Subject.StartsWith($"{message.Incidents.Count} alarms, ", StringComparison.Ordinal));
        foreach (var message in all.Except(voice.Delivered))
        {
            var named = Named().Count(message.Text);
            var counted = More().Match(message.Text) is { Success: true } more ? int.Parse(more.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
            (named + counted).Should().Be(message.Incidents.Count, message.Text);
        }

        sms.Delivered[^1].Text.Should().Contain("https://coldchain.example/alarms");
    }

    [GeneratedRegex(@"\(#\d+\)")]
    private static partial Regex Named();

    [GeneratedRegex(@"and (\d+) more, \d+ of them critical: https://coldchain.example/alarms")]
    private static partial Regex More();
}
