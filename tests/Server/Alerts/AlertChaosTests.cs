using ColdChain.Core.Alerting;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Alerts;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Alerts;

/// <summary>
/// Ten thousand alerts, of 500 people at 500 sites, twenty each, four at a time, while any two of the three channels to people fail, are slow beyond their limit, or lie: by a
/// seed, another way each time, and which one is sound changes. Every alert must reach its person, with at most two duplicates by one step and channel.
/// </summary>
public sealed class AlertChaosTests
{
    private const int People = 500;
    private const int Rounds = 5;
    private const int AtOnce = 4;
    private const int Each = Rounds * AtOnce;

    private static readonly AlertChannel[] Kinds = [AlertChannel.Email, AlertChannel.Sms, AlertChannel.Voice];

    [Fact]
    public async Task Alerts_WithTwoOfThreeChannelsBad_AllReachTheirPerson_WithAtMostTwoDuplicates()
    {
        var (dice, sound) = (new Random(1), Kinds[0]);
        KeptChannel[] channels = [.. Kinds.Select(kind => new KeptChannel(kind, message => kind == sound ? Good(message) : Bad(dice)))];
        await using var scene = await AlertScene.OpenAsync(sites: People, fridges: Each, OneStep, channels);
        foreach (var site in Enumerable.Range(1, People))
        {
            await scene.AddAsync($"person-{site}", Duty.First, Scope.Site($"site-{site}"));
        }

        await scene.WorkAsync();
        foreach (var number in Enumerable.Range(0, Rounds))
        {
            sound = Kinds[number % Kinds.Length];
            await scene.Store.WriteAsync(WritePriority.Decision, transaction => Happen(transaction, scene.Clock.Now, number), CancellationToken.None);
            for (var part = 0; part < 4; part++)
            {
                await scene.PassAsync(TimeSpan.FromMinutes(3));
            }
        }

        var reached = channels.SelectMany(channel => channel.Delivered).SelectMany(message => message.Incidents).Select(told => told.Id).ToHashSet();
        reached.Should().HaveCount(People * Each, "none is undelivered");
        channels.SelectMany(channel => channel.Delivered.CountBy(message => message.Id)).Should().OnlyContain(copies => copies.Value - 1 <= 2);
    }

    // The ladder's own repetitions would bring everybody everything in the end: one step, all channels, and no second chance but the channels' own.
    private static AlertOptions OneStep(AlertOptions usual) => usual with
    {
        Ladders = [new OwnLadder(null, Severity.Critical, null, null, new Ladder([new(TimeSpan.Zero, [Duty.First], [AlertChannel.Sms, AlertChannel.Voice, AlertChannel.Email])], TimeSpan.FromDays(30)))],
    };

    private static void Happen(StoreTransaction transaction, Instant now, int round)
    {
        foreach (var site in Enumerable.Range(1, People))
        {
            foreach (var number in Enumerable.Range(1 + (round * AtOnce), AtOnce))
            {
                EventLog.Append(transaction, now, EventKinds.LookbackRequired, new StorageUnitId($"site-{site}-fridge-{number}"), "1", new { finding = 1 });
            }
        }
    }

    private static (bool IsDelivered, Func<ChannelAnswer> Answer) Good(AlertMessage message) => (true, () => new ChannelAnswer(SendOutcome.Accepted, $"took {message.Id}"));

    private static (bool IsDelivered, Func<ChannelAnswer> Answer) Bad(Random dice)
    {
        int roll;
        lock (dice)
        {
            roll = dice.Next(6);
        }

        return roll switch
        {
            0 => (false, () => new ChannelAnswer(SendOutcome.Refused, "it is down")),
            1 => (false, () => throw new IOException("the connection broke before")),
            2 => (true, () => throw new IOException("the connection broke after")),
            3 => (true, () => throw new OperationCanceledException("it took it, and did not answer in time")),
            4 => (false, () => new ChannelAnswer(SendOutcome.Accepted, "it lies")),
            _ => (true, () => new ChannelAnswer(SendOutcome.Refused, "it lies the other way round")),
        };
    }
}
