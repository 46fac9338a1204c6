using System.Net;
using System.Text.RegularExpressions;
using ColdChain.Core.Alerting;
using ColdChain.Core.People;
using ColdChain.Server.Alerts;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.People;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Alerts;

/// <summary>The pages and addresses of alarms, against the real server at noon of the scene: fridge 1 is warm, and more than that.</summary>
public sealed partial class AlarmPageTests
{
    [Fact]
    public async Task List_ShowsWhatNobodyHas_AndThatOnlyPagesAlert()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await OpenAsync(scene);
        using var amina = await SignInAsync(server, "amina");

        var list = await amina.Client.GetStringAsync("/alarms?lang=en");

        list.Should().Contain("data-severity=\"critical\"").And.Contain("Fridge 1").And.Contain("only the pages alert").And.Contain("data-part=\"nobody-reached\"");
        (await amina.Client.GetStringAsync("/?lang=en")).Should().MatchRegex("data-alarms=\"[1-9]");
    }

    [Fact]
    public async Task IHaveIt_FromThePage_ShowsWhoAndUntilWhen_ToEverybody()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await OpenAsync(scene);
        var id = Incident(server);
        using var amina = await SignInAsync(server, "amina");
        using var karim = await SignInAsync(server, "karim");

        using var answer = await amina.SendAsync($"/incidents/{id}?lang=en", $"/incidents/{id}/acknowledge", ("action", "I go and look"));

        answer.StatusCode.Should().Be(HttpStatusCode.Found);
        var page = await karim.Client.GetStringAsync($"/incidents/{id}?lang=en");
        page.Should().Contain("amina, until 14:00").And.Contain("I go and look");
        using var empty = await amina.SendAsync($"/incidents/{id}", $"/incidents/{id}/acknowledge", ("action", " "));
        empty.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Shelving_OfWhatIsCritical_NeedsASecondPerson()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await OpenAsync(scene);
        var id = Incident(server);
        using var amina = await SignInAsync(server, "amina");
        using var karim = await SignInAsync(server, "karim");
        using var asked = await amina.SendAsync($"/incidents/{id}", $"/incidents/{id}/shelve", ("reason", "Defrosting"), ("minutes", "60"));
        asked.StatusCode.Should().Be(HttpStatusCode.Found);

        using var alone = await amina.SendAsync($"/incidents/{id}", $"/incidents/{id}/shelvings/1/confirm");
        alone.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await amina.Client.GetStringAsync("/alarms?lang=en")).Should().NotContain("shelved until");
        using var second = await karim.SendAsync($"/incidents/{id}", $"/incidents/{id}/shelvings/1/confirm");
        second.StatusCode.Should().Be(HttpStatusCode.Found);

        (await amina.Client.GetStringAsync("/alarms?lang=en")).Should().Contain("shelved until 14:00");
        using var longer = await amina.SendAsync($"/incidents/{id}", $"/incidents/{id}/shelve", ("reason", "again"), ("minutes", "481"));
        longer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    /// <summary>What a scanner of mails does with every address that it finds.</summary>
    [Fact]
    public async Task Link_OpenedByAScanner_AcknowledgesNothing_AndItsButtonDoesOnce()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await OpenAsync(scene);
        var (id, secret) = (Incident(server), await LinkAsync(server, "amina"));
        using var nobody = new HttpClient { BaseAddress = server.App.Address };

        (await nobody.GetStringAsync($"/a/{secret}?lang=en")).Should().Contain("I have it (60 min)").And.Contain("Fridge 1");
        using (var head = new HttpRequestMessage(HttpMethod.Head, $"/a/{secret}"))
        {
            using var looked = await nobody.SendAsync(head);
            looked.IsSuccessStatusCode.Should().BeFalse();
        }

        State(server, id).IsAcknowledged.Should().BeFalse();
        using var pressed = await nobody.PostAsync(new Uri($"/a/{secret}?lang=en", UriKind.Relative), null);
        (await pressed.Content.ReadAsStringAsync()).Should().Contain("data-part=\"done\"");
        State(server, id).IsAcknowledged.Should().BeTrue();
        server.App.Store.Read(session => EventLog.Read(session, 0, 10_000)).Should().Contain(row => row.Kind == EventKinds.IncidentAcknowledged && row.Who == "person:amina" && row.Payload.Contains("\"way\":\"link\""));

        using var again = await nobody.PostAsync(new Uri($"/a/{secret}?lang=en", UriKind.Relative), null);
        (await again.Content.ReadAsStringAsync()).Should().Contain("data-part=\"nothing\"").And.NotContain("data-part=\"done\"");
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("disabled")]
    [InlineData("guessed")]
    public async Task Link_ThatIsNoneAnyMore_AcknowledgesNothing(string why)
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await OpenAsync(scene);
        var (id, secret) = (Incident(server), await LinkAsync(server, "amina"));
        if (why == "expired")
        {
            scene.Clock.Now += MessageWriter.LinkLasts;
        }
        else if (why == "disabled")
        {
            await server.App.Accounts.DisableAsync("amina", PeopleScene.Boss, CancellationToken.None);
        }

        using var nobody = new HttpClient { BaseAddress = server.App.Address };
        using var pressed = await nobody.PostAsync(new Uri($"/a/{(why == "guessed" ? SecretFile.NewSecret() : secret)}", UriKind.Relative), null);

        pressed.StatusCode.Should().Be(HttpStatusCode.OK);
        State(server, id).IsAcknowledged.Should().BeFalse();
    }

    [Fact]
    public async Task Api_AcknowledgesInThePersonsName_AndNoProgramMay()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await OpenAsync(scene);
        var id = Incident(server);
        using var amina = await SignInAsync(server, "amina");

        using var content = new StringContent("""{ "action": "on my way" }""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await amina.Client.PostAsync(new Uri($"/api/v1/incidents/{id}/acknowledgement", UriKind.Relative), content);

        ((string)(await ServedScene.BodyAsync(answer, 200))["acknowledgedBy"]!).Should().Be("amina");
        await server.PostAsync($"/api/v1/incidents/{id}/acknowledgement", new { action = "on my way" }, 403);
    }

    [Fact]
    public async Task Receipt_OfAGateway_IsNoted_AndStopsNothing()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await OpenAsync(scene);
        await LinkAsync(server, "amina");
        var message = server.App.Store.Read(session => session.Query("SELECT max(id) FROM messages", row => row.GetInt64(0)))[0];

        (await server.SendAsync("/api/v1/alert-receipts", new { reference = $"{message}", state = "delivered" })).Should().Be(204);
        (await server.SendAsync("/api/v1/alert-receipts", new { reference = $"{message}", state = "delivered" })).Should().Be(204);
        await server.PostAsync("/api/v1/alert-receipts", new { reference = "999", state = "delivered" }, 404);
        await server.PostAsync("/api/v1/alert-receipts", new { reference = $"{message}", state = "eaten" }, 400);

        server.App.Store.Read(session => MessageStore.StatesOf(session, message)).Should().ContainSingle(state => state.State == MessageStates.Delivered);
        State(server, Incident(server)).IsAcknowledged.Should().BeFalse();
    }

    [Fact]
    public async Task Seen_IsNotedOnce_WhenThePersonOpensTheIncident()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await OpenAsync(scene);
        var id = Incident(server);
        using var amina = await SignInAsync(server, "amina");
        await LinkAsync(server, "amina");

        await amina.Client.GetStringAsync($"/incidents/{id}");
        await amina.Client.GetStringAsync($"/incidents/{id}");

        server.App.Store.Read(session => session.Query("SELECT state FROM message_states WHERE state = 'seen'", row => row.GetString(0))).Should().ContainSingle();
    }

    [Fact]
    public async Task OnCall_IsPlannedByWhoMay_ForWhomMayAcknowledge()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await OpenAsync(scene);
        using var boss = await SignInAsync(server, "boss", Role.Admin);
        using var amina = await SignInAsync(server, "amina");
        (string, string)[] slot = [("person", "amina"), ("duty", "first"), ("scope", "site:rabat"), ("from", "2026-11-22T13:00"), ("to", "2026-11-26T13:00")];

        using (var entered = await boss.SendAsync("/on-call", "/on-call", slot))
        {
            entered.StatusCode.Should().Be(HttpStatusCode.Found);
        }

        using (var reached = await boss.SendAsync("/on-call", "/on-call/contacts", ("person", "amina"), ("email", "amina@hospital.example"), ("phone", "")))
        {
            reached.StatusCode.Should().Be(HttpStatusCode.Found);
        }

        (await amina.Client.GetStringAsync("/on-call?lang=en")).Should().Contain("data-slot=\"1\"").And.NotContain("amina@hospital.example", "addresses are for those who plan").And.NotContain("data-part=\"gap\"");
        (await boss.Client.GetStringAsync("/on-call")).Should().Contain("amina@hospital.example");
        using var wrong = await boss.SendAsync("/on-call", "/on-call", [.. slot[1..], ("person", "boss")]);
        wrong.StatusCode.Should().Be(HttpStatusCode.BadRequest, "an administrator may not acknowledge");
        using var number = await boss.SendAsync("/on-call", "/on-call/contacts", ("person", "amina"), ("email", ""), ("phone", "0612345678"));
        number.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        using var removed = await boss.SendAsync("/on-call", "/on-call/1/remove");
        (await boss.Client.GetStringAsync("/on-call")).Should().NotContain("data-slot").And.Contain("data-part=\"gap\"");
    }

    private static async Task<ServedScene> OpenAsync(Scene scene)
    {
        var server = await scene.ServeAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(server.App.Store.Read(IncidentStore.NotClosed).Exists(row => row.Cause.ToString() == "unit:fridge-1")));
        return server;
    }

    private static long Incident(ServedScene server) => server.App.Store.Read(IncidentStore.NotClosed).First(row => row.Cause.ToString() == "unit:fridge-1").Id;

    private static IncidentState State(ServedScene server, long id) => server.App.Store.Read(session => IncidentStore.Find(session, id))!.State;

    private static async Task<FormSession> SignInAsync(ServedScene server, string name, Role role = Role.Technician)
    {
        var oneTime = (await server.App.Accounts.AddAsync(name, name, "en", PeopleScene.Boss, CancellationToken.None)).Secret!;
        await server.App.Accounts.GrantAsync(name, new Grant(role, Scope.Nation), PeopleScene.Boss, CancellationToken.None);
        return await FormSession.SignInFirstAsync(server.App.Address, name, oneTime);
    }

    // As a channel would bring it: this server has none.
    private static async Task<string> LinkAsync(ServedScene server, string name)
    {
        if (server.App.Store.Read(session => AccountStore.Find(session, name)) is null)
        {
            await server.App.Accounts.AddAsync(name, name, "en", PeopleScene.Boss, CancellationToken.None);
            await server.App.Accounts.GrantAsync(name, new Grant(Role.Technician, Scope.Nation), PeopleScene.Boss, CancellationToken.None);
        }

        var (fleet, id) = (new ColdChain.Server.Fleet.FleetView { Current = server.App.Fleet }, Incident(server));
        var writer = new MessageWriter(fleet, new AlertOptions { Address = new Uri("https://coldchain.example") });
        var message = await server.App.Store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                var (account, row) = (AccountStore.Find(transaction, name)!, IncidentStore.Find(transaction, id)!);
                ContactStore.Save(transaction, account.Id, new Contact(null, "+212612345678"));
                var told = NotificationStore.TryInsert(transaction, new NotificationRow(0, id, 9, 9, account.Id, AlertChannel.Sms, new SendDecision(true, SendReason.Due), row.OpenedAt))!;
                var stored = MessageStore.Insert(transaction, new MessageRow(0, account.Id, AlertChannel.Sms, row.OpenedAt), [told.Id]);
                MessageStore.Finish(transaction, stored.Id);
                return writer.Write(transaction, stored, [row], new Roster(transaction, row.OpenedAt), ColdChain.Core.Readings.Instant.Now(new FixedClock(Scene.At("12:00"))))!;
            },
            CancellationToken.None);
        return Secret().Match(message.Text).Groups[1].Value;
    }

    [GeneratedRegex("/a/([A-Za-z0-9_-]+)")]
    private static partial Regex Secret();
}
