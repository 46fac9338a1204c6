using System.Net.Http.Headers;
using ColdChain.Core.People;
using ColdChain.Server.HoldNotices;
using ColdChain.Server.Outbound;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Quarantine;

namespace ColdChain.Server.Tests.HoldNotices;

/// <summary>The blood bank's own system hears of every hold, in its order, whatever fails in between.</summary>
public sealed class HoldNoticeTests
{
    private static readonly OutboundOptions Here = new(["127.0.0.1"]);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Receiver_ThatFailsSendsElsewhereAndHangs_HearsAllInOrder_AcrossRestarts()
    {
        await using var bank = await BloodBank.StartAsync();
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        bank.Answer(500, 503, 200, 0, 302, 200);

        await RestartAndSendAsync(scene, bank, attempts: 3);
        await RestartAndSendAsync(scene, bank, attempts: 3);

        bank.Sequence.Should().Equal(1, 1, 1, 2, 2, 2);
        bank.Events.Select(one => (string)one["id"]!).Distinct().Should().HaveCount(2, "an attempt has the id of the first one");
        bank.Events[0]["specversion"]!.ToString().Should().Be("1.0");
        bank.Events[0]["type"]!.ToString().Should().Be("coldchain.hold-placed.v1");
        bank.Events[^1]["data"]!["donationNumber"]!.ToString().Should().Be(StaffedScene.Donation);
        bank.Events[^1]["data"]!["state"]!.ToString().Should().Be("held");
        scene.Read(session => NoticeStore.Attempts(session, 2)).Count.Should().Be(3);
        using var sender = new GuardedSender(Here, Short);
        var webhook = new HoldWebhook(scene.Store, sender, new HoldWebhookOptions(bank.Address, BloodBank.Key), scene.Clock);
        (await webhook.SendNextAsync(CancellationToken.None)).Should().Be(TimeSpan.Zero, "the third one is there");
        (await webhook.SendNextAsync(CancellationToken.None)).Should().BeNull("all was taken");
    }

    [Fact]
    public async Task Attempt_ThatFailed_IsRepeatedEverMoreRarely_AlsoAfterARestart()
    {
        await using var bank = await BloodBank.StartAsync();
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        bank.Answer(500, 500);
        using var sender = new GuardedSender(Here, Short);
        HoldWebhook Started() => new(scene.Store, sender, new HoldWebhookOptions(bank.Address, BloodBank.Key), scene.Clock);
        await new NoticeWriter(scene.Store).WriteNextAsync(CancellationToken.None);

        (await Started().SendNextAsync(CancellationToken.None)).Should().Be(TimeSpan.FromSeconds(1));
        (await Started().SendNextAsync(CancellationToken.None)).Should().Be(TimeSpan.FromSeconds(1), "its time has not come");
        bank.Sequence.Should().Equal(1);
        scene.Clock.Now += TimeSpan.FromSeconds(1);
        (await Started().SendNextAsync(CancellationToken.None)).Should().Be(TimeSpan.FromSeconds(2));
        Enumerable.Range(1, 20).Select(HoldWebhook.Rest).Should().BeInAscendingOrder().And.EndWith(TimeSpan.FromMinutes(5));
        bank.Sequence.Should().Equal(1, 1);
    }

    [Fact]
    public async Task Notice_ThatWasReceived_IsNotSentAnyMore()
    {
        await using var bank = await BloodBank.StartAsync();
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await new NoticeWriter(scene.Store).WriteNextAsync(CancellationToken.None);
        await scene.Write(transaction => NoticeStore.Receive(transaction, 1, "token:lims", scene.Clock.Now));

        await RestartAndSendAsync(scene, bank, attempts: 2);

        bank.Sequence.Should().Equal(2);
    }

    [Fact]
    public async Task Writer_ThatBeginsAnew_WritesNothingTwice()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await new NoticeWriter(scene.Store).WriteNextAsync(CancellationToken.None);
        await scene.Write(transaction => CursorStore.Set(transaction, NoticeStore.WriterCursor, 0)); // As after a restore of an older cursor.
        await new NoticeWriter(scene.Store).WriteNextAsync(CancellationToken.None);

        scene.Read(session => NoticeStore.Read(session, 0, 100)).Select(notice => notice.Id).Should().Equal(1, 2, 3);
    }

    /// <summary>The running server, stopped while the receiver is down, and started again; and the same by fetching.</summary>
    [Fact]
    public async Task Server_TellsWhatWasDecided_AndNoticesThatNobodyListens()
    {
        await using var bank = await BloodBank.StartAsync();
        bank.Answer([.. Enumerable.Repeat(503, 1000)]);
        var scene = await StaffedScene.AfterAnExcursionAsync();
        ServerOptions Told(ServerOptions options) => options with { Outbound = Here, HoldWebhook = new HoldWebhookOptions(bank.Address, BloodBank.Key) };
        await using (var server = await scene.ServeAsync(change: Told))
        {
            await Eventually.HoldsAsync(() => Task.FromResult(bank.Sequence.Count > 0));
            (await server.GetAsync("/health"))["reasons"]!.AsArray().Should().NotContain(reason => ((string)reason!).Contains("notice of a hold"));
            scene.Clock.Now += TimeSpan.FromMinutes(11);
            await Eventually.HoldsAsync(async () => (await server.GetAsync("/health"))["reasons"]!.AsArray().Any(reason => ((string)reason!).Contains("A notice of a hold waits")));
            var page = await (await server.AskAsync("/?lang=en")).Content.ReadAsStringAsync();
            page.Should().Contain("data-silent=\"holds\"");
        }

        bank.AnswerAll();
        await using var staffed = await StaffedScene.ServeAsync(scene, Told);
        await staffed.AddAsync("badr", Role.Quality, Scope.Nation);
        await staffed.PostAsync("badr", "/api/v1/holds/decisions", new { kind = "discard", reason = "Warm.", holds = await staffed.SeenAsync("blood-unit"), code = staffed.NextCode() }, 200);
        await Eventually.HoldsAsync(() =>
        {
            staffed.Clock.Now += TimeSpan.FromMinutes(5); // Whatever it rests for.
            return Task.FromResult(bank.Sequence.Contains(4));
        });

        bank.Sequence.Should().BeInAscendingOrder();
        bank.Events[^1]["data"]!["state"]!.ToString().Should().Be("discarded");
        var fetched = (await staffed.Api.GetAsync("/api/v1/hold-notices?after=1")).AsArray();
        fetched.Select(notice => $"{notice!["id"]} {notice["kind"]} {notice["hold"]!["state"]}").Should().Equal("2 hold-placed held", "3 hold-placed held", "4 decision-signed discarded");
        await staffed.Api.PostAsync("/api/v1/hold-notices/4/receipt", new { }, 200);
        await staffed.Api.PostAsync("/api/v1/hold-notices/4/receipt", new { }, 200);
        await staffed.Api.PostAsync("/api/v1/hold-notices/9/receipt", new { }, 404);
        staffed.Events(EventKinds.NoticeReceived).Should().ContainSingle(row => row.Who == "token:api");
    }

    [Fact]
    public async Task Token_OfAnotherSite_HearsNothing()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await using var server = await scene.ServeAsync();
        await Eventually.HoldsAsync(async () => (await server.GetAsync("/api/v1/hold-notices")).AsArray().Count == 3);
        var token = (await server.App.Tokens.MakeAsync("elsewhere", ["read-holds"], Scope.Site("elsewhere"), Actor.Person("test", from: null), CancellationToken.None)).Secret;
        using var client = new HttpClient { BaseAddress = server.App.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        (await client.GetStringAsync(new Uri("/api/v1/hold-notices", UriKind.Relative))).Should().Be("[]");
        using var refused = await client.PostAsync(new Uri("/api/v1/hold-notices/1/receipt", UriKind.Relative), content: null);
        ((int)refused.StatusCode).Should().Be(403);
    }

    // Each attempt is that of a server that has just been started.
    private static async Task RestartAndSendAsync(Scene scene, BloodBank bank, int attempts)
    {
        for (var i = 0; i < attempts; i++)
        {
            await new NoticeWriter(scene.Store).WriteNextAsync(CancellationToken.None);
            using var sender = new GuardedSender(Here, Short);
            await new HoldWebhook(scene.Store, sender, new HoldWebhookOptions(bank.Address, BloodBank.Key), scene.Clock).SendNextAsync(CancellationToken.None);
            scene.Clock.Now += HoldWebhook.LongestRest;
        }
    }
}
