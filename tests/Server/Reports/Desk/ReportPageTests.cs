using System.Net;
using System.Text.RegularExpressions;
using ColdChain.Core.People;
using ColdChain.Server.Reports;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Quarantine;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ColdChain.Server.Tests.Reports.Desk;

/// <summary>Reports by the pages, as people prepare and sign them, and by the API.</summary>
public sealed partial class ReportPageTests
{
    private const string Page = "/reports/EX-1";

    [Theory]
    [InlineData("prepare")]
    [InlineData("sign")]
    public async Task Address_OfAForm_LeadsToItsPage(string form)
    {
        await using var staffed = await OpenAsync(new MadeReports { ["EX-1"] = MadeReports.Excursion() });

        using var answer = await (await staffed.BrowserAsync("tariq")).Client.GetAsync(new Uri($"{Page}/{form}?lang=fr", UriKind.Relative));

        (answer.StatusCode, answer.Headers.Location!.OriginalString).Should().Be((HttpStatusCode.Redirect, $"{Page}?lang=fr"));
    }

    [Fact]
    public async Task Form_OfADraftWithoutItsDecisions_SaysWhatTheyWillDo()
    {
        var held = new HoldContent { Id = 7, State = "held", Since = Scene.At("09:05"), PlacedAt = Scene.At("12:00"), Decisions = [] };
        await using var staffed = await OpenAsync(new MadeReports { ["EX-1"] = MadeReports.Excursion(hold: held) });

        (await HtmlAsync(staffed, "tariq", Page)).Should().Contain("data-undecided=\"1\"").And.NotContain("data-part=\"others\"");
        (await HtmlAsync(staffed, "zineb", Page)).Should().NotContain("data-undecided");
    }

    [Fact]
    public async Task Page_OfWhoHasSigned_SaysWhoSignsNext()
    {
        await using var staffed = await OpenAsync(new MadeReports { ["EX-1"] = MadeReports.Excursion() });
        await DoAsync(staffed, "tariq", "prepare");

        (await HtmlAsync(staffed, "tariq", Page)).Should().Contain("data-part=\"others\"").And.Contain("Somebody else has to give the next signature.");
        (await HtmlAsync(staffed, "amina", Page)).Should().NotContain("data-part=\"others\"");
    }

    [Fact]
    public async Task Form_InFrench_ShowsTheSentenceThatIsStored_AndTheListNamesTheSiteOfEachStorageUnit()
    {
        await using var staffed = await OpenAsync(new MadeReports { ["EX-1"] = MadeReports.Excursion() });

        (await HtmlAsync(staffed, "tariq", $"{Page}?lang=fr")).Should().Contain("J’ai préparé ce rapport").And.Contain("<q lang=\"en\" dir=\"ltr\">I prepared this report and say that it is complete.</q>");
        (await HtmlAsync(staffed, "tariq", $"{Page}?lang=en")).Should().NotContain("<q lang=\"en\" dir=\"ltr\">");
        (await HtmlAsync(staffed, "tariq", "/reports?lang=fr")).Should().Contain(">Fridge 1, Centre régional de Rabat</option>");
    }

    [Fact]
    public async Task Report_ByForms_IsPreparedReviewedAndApproved()
    {
        await using var staffed = await OpenAsync(new MadeReports { ["EX-1"] = MadeReports.Excursion() });
        var draft = await HtmlAsync(staffed, "tariq", Page);
        draft.Should().Contain("data-state=\"draft\"").And.Contain($"{Page}/prepare").And.Contain("I prepared this report and say that it is complete.")
            .And.Contain($"{Page}/file?format=html&revision=0").And.NotContain($"{Page}/sign");
        (await HtmlAsync(staffed, "zineb", Page)).Should().NotContain($"{Page}/prepare", "an administrator prepares none");

        await DoAsync(staffed, "tariq", "prepare");
        (await HtmlAsync(staffed, "tariq", Page)).Should().Contain("data-state=\"prepared\"").And.NotContain($"{Page}/sign").And.NotContain($"{Page}/prepare");
        var review = await HtmlAsync(staffed, "amina", Page);
        review.Should().Contain("data-sign=\"reviewed\"").And.Contain("I reviewed this report against its data as a second person.");
        await DoAsync(staffed, "amina", "sign", Seen(review));
        var approval = await HtmlAsync(staffed, "badr", Page);
        approval.Should().Contain("data-sign=\"approved\"");
        await DoAsync(staffed, "badr", "sign", Seen(approval));

        var done = await HtmlAsync(staffed, "omar-of-rabat", Page);
        done.Should().Contain("data-state=\"approved\"").And.Contain("Tariq B.").And.Contain("Amina B.").And.Contain("Badr B.").And.Contain("Africa/Casablanca").And.Contain("SHA-256")
            .And.Contain("format=pdf&revision=1").And.NotContain("data-sign=").And.NotContain("data-overdue");
        var french = await HtmlAsync(staffed, "badr", $"{Page}?lang=fr");
        french.Should().Contain("Approuvé").And.Contain("J’approuve ce rapport.").And.Contain("Signé par Amina B. (amina)");
    }

    [Fact]
    public async Task Form_ThatIsRefused_SaysWhyInThePagesLanguage()
    {
        await using var staffed = await OpenAsync(new MadeReports { ["EX-1"] = MadeReports.Excursion() });

        var (status, html) = await SendAsync(staffed, "tariq", $"{Page}/prepare?lang=fr", ("password", "another horse"), ("code", staffed.NextCode()));
        status.Should().Be(HttpStatusCode.Forbidden);
        html.Should().Contain("role=\"alert\"").And.Contain("Le mot de passe n’est pas le bon.");
        (status, html) = await SendAsync(staffed, "tariq", $"{Page}/prepare", DraftOf(html), ("password", FormSession.ChosenPassword), ("code", "000000"));
        status.Should().Be(HttpStatusCode.Forbidden);
        html.Should().Contain("role=\"alert\"");
        await DoAsync(staffed, "badr", "prepare");
        var own = await HtmlAsync(staffed, "amina", Page);
        (status, html) = await SendAsync(staffed, "badr", $"{Page}/sign", [.. Seen(own), ("password", FormSession.ChosenPassword), ("code", staffed.NextCode())]);
        status.Should().Be(HttpStatusCode.Conflict);
        html.Should().Contain("another person must review and approve it");
    }

    [Fact]
    public async Task Form_ThatIsRefused_KeepsTheDraftThatWasRead_UntilThePageSaysThatItIsAnother()
    {
        var reports = new MadeReports { ["EX-1"] = MadeReports.Excursion() };
        await using var staffed = await OpenAsync(reports);
        var read = DraftOf(await HtmlAsync(staffed, "tariq", Page));
        reports["EX-1"] = MadeReports.Excursion(version: 2);

        var (_, html) = await SendAsync(staffed, "tariq", $"{Page}/prepare", read, ("password", "another horse"), ("code", staffed.NextCode()));
        DraftOf(html).Should().Be(read, "he has read no other one");
        (var status, html) = await SendAsync(staffed, "tariq", $"{Page}/prepare", DraftOf(html), ("password", FormSession.ChosenPassword), ("code", staffed.NextCode()));

        status.Should().Be(HttpStatusCode.Conflict);
        html.Should().Contain("the report says something else now than the draft that was read");
        DraftOf(html).Should().NotBe(read);
    }

    [Fact]
    public async Task Incident_ThatIsNotClosed_IsShown_AndKeepsFromPreparing()
    {
        await using var staffed = await OpenAsync(new MadeReports { ["EX-1"] = MadeReports.Excursion() });
        var read = DraftOf(await HtmlAsync(staffed, "tariq", Page));
        var incident = await DeskScene.OpenIncidentAsync(staffed.Store, staffed.Clock.Now);

        (await HtmlAsync(staffed, "tariq", Page)).Should().Contain($"data-incident=\"{incident.Id}\"").And.Contain($"/incidents/{incident.Id}").And.Contain("Acknowledge the alarm first")
            .And.Contain("data-state=\"unfinished\"").And.NotContain($"{Page}/prepare");
        (await HtmlAsync(staffed, "tariq", $"{Page}?lang=fr")).Should().Contain("D’abord prendre en charge l’alarme");
        var (status, html) = await SendAsync(staffed, "tariq", $"{Page}/prepare?lang=fr", read, ("password", FormSession.ChosenPassword), ("code", staffed.NextCode()));
        (status, html.Contains("Rien n’est signé\u202f: d’abord prendre en charge l’alarme.", StringComparison.Ordinal)).Should().Be((HttpStatusCode.Conflict, true));
        ((string)(await staffed.PostAsync("tariq", "/api/v1/reports/EX-1/preparation", new { sha256 = read.Item2, password = FormSession.ChosenPassword, code = staffed.NextCode() }, 409))["cure"]!)
            .Should().StartWith("acknowledge the incident first");

        var now = staffed.Clock.Now;
        await DeskScene.MoveAsync(staffed.Store, incident, incident.State.End(now).Acknowledge(now, now + TimeSpan.FromMinutes(15)), now);
        await DoAsync(staffed, "tariq", "prepare");
    }

    [Fact]
    public async Task Revision_OfAnotherForm_IsGivenOutAsItIs_AndPreparedAnew()
    {
        await using var staffed = await OpenAsync(new MadeReports { ["EX-1"] = MadeReports.Excursion() });
        await DeskScene.AppendOtherFormAsync(staffed.Store, staffed.Clock.Now);

        using var json = await staffed.Api.AskAsync($"/api/v1{Page}/file?format=json");
        using var refused = await staffed.Api.AskAsync($"/api/v1{Page}/file?format=xlsx");
        using var page = await staffed.Api.AskAsync($"{Page}/file?lang=fr");

        (await json.Content.ReadAsByteArrayAsync()).Should().Equal(DeskScene.OtherForm);
        (refused.StatusCode, page.StatusCode).Should().Be((HttpStatusCode.Conflict, HttpStatusCode.Conflict));
        WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()).Should().Contain("Une autre version du programme a écrit cette révision");
        (await HtmlAsync(staffed, "amina", Page)).Should().NotContain($"{Page}/sign").And.Contain($"{Page}/prepare");
        await DoAsync(staffed, "tariq", "prepare");
    }

    [Fact]
    public async Task Content_ThatSomebodyForged_IsGivenOutNowhere_AndToldInWords()
    {
        using var log = new ErrorLog();
        var reports = new MadeReports { ["EX-1"] = MadeReports.Excursion() };
        await using var staffed = await OpenAsync(reports, log);
        await DoAsync(staffed, "tariq", "prepare");
        var seen = Seen(await HtmlAsync(staffed, "amina", Page));
        await DeskScene.ForgeAsync(staffed.Store);

        foreach (var format in ReportFormats.Words)
        {
            using var page = await staffed.Api.AskAsync($"{Page}/file?format={format}&lang=fr");
            using var problem = await staffed.Api.AskAsync($"/api/v1{Page}/file?format={format}");
            (page.StatusCode, problem.StatusCode).Should().Be((HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError), format);
            WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()).Should().Contain("n’est pas ce qui a été signé");
            (await problem.Content.ReadAsStringAsync()).Should().Contain("restore the record store from a backup");
        }

        log.Errors.Clear();
        var (status, html) = await SendAsync(staffed, "amina", $"{Page}/sign", [.. seen, ("password", FormSession.ChosenPassword), ("code", staffed.NextCode())]);
        (status, html.Contains("is not what was signed", StringComparison.Ordinal)).Should().Be((HttpStatusCode.InternalServerError, true));
        log.Errors.Should().Contain(line => line.Contains("revision 1 of report EX-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Revision_ThatIsVoid_ShowsSinceWhenAndWhy_WithItsSignatures()
    {
        var reports = new MadeReports { ["EX-1"] = MadeReports.Excursion() };
        await using var staffed = await OpenAsync(reports);
        await DoAsync(staffed, "tariq", "prepare");
        var seen = Seen(await HtmlAsync(staffed, "amina", Page));
        reports["EX-1"] = MadeReports.Excursion(version: 2);

        var (status, html) = await SendAsync(staffed, "amina", $"{Page}/sign", [.. seen, ("password", FormSession.ChosenPassword), ("code", staffed.NextCode())]);

        status.Should().Be(HttpStatusCode.Conflict);
        html.Should().Contain("data-void=\"true\"").And.Contain("excursion.finding.version").And.Contain("Tariq B.").And.Contain("Signature void").And.Contain("data-task=\"prepare-anew\"")
            .And.Contain($"{Page}/prepare").And.NotContain("data-sign=");
        await DoAsync(staffed, "tariq", "prepare");
        (await HtmlAsync(staffed, "amina", Page)).Should().Contain("data-revision=\"2\" data-void=\"false\"").And.Contain("data-revision=\"1\" data-void=\"true\"");
    }

    [Fact]
    public async Task List_ShowsWhatIsDueFirst_AndWhatIsOverdueByTheClock()
    {
        await using var staffed = await OpenAsync(new MadeReports { ["EX-1"] = MadeReports.Excursion() });
        staffed.Clock.Now += ExcursionContentReader.SettledAfter;
        (await HtmlAsync(staffed, "amina", "/reports")).Should().Contain("data-task=\"prepare\" data-overdue=\"false\"").And.Contain("0 overdue");
        await DoAsync(staffed, "tariq", "prepare");
        (await HtmlAsync(staffed, "amina", "/reports?lang=fr")).Should().Contain("data-task=\"review\"").And.Contain("À relire").And.Contain("data-state=\"prepared\"").And.Contain("Rapports");
        (await HtmlAsync(staffed, "omar", "/reports")).Should().NotContain("EX-1");

        staffed.Clock.Now += TimeSpan.FromDays(4);

        var list = await (await FormSessionAsync(staffed, "amina")).Client.GetStringAsync(new Uri("/reports", UriKind.Relative));
        list.Should().Contain("data-task=\"review\" data-overdue=\"true\"").And.Contain("1 overdue").And.Contain("Overdue");
    }

    [Theory]
    [InlineData("about=SU-fridge-1&period=month&day=2026-11-22", "/reports/SU-fridge-1_2026-11")]
    [InlineData("about=SI-rabat&period=week&day=2026-11-22", "/reports/SI-rabat_2026-W47")]
    [InlineData("about=AL&period=year&day=2026-11-22", "/reports/AL_2026")]
    [InlineData("about=AL-rabat&period=day&day=2026-11-22&lang=fr", "/reports/AL-rabat_2026-11-22?lang=fr")]
    [InlineData("about=SU-fridge-1&period=month&day=tomorrow", null)]
    [InlineData("about=whatever&period=month&day=2026-11-22", null)]
    [InlineData("about=SU-fridge-1&period=decade&day=2026-11-22", null)]
    public async Task Report_OfAPeriod_IsOpenedByAForm(string query, string? page)
    {
        await using var staffed = await OpenAsync(new MadeReports());

        using var answer = await (await staffed.BrowserAsync("amina")).Client.GetAsync(new Uri($"/reports/open?{query}", UriKind.Relative));

        (answer.StatusCode, answer.Headers.Location?.OriginalString).Should().Be((page is null ? HttpStatusCode.BadRequest : HttpStatusCode.Redirect, page));
    }

    [Fact]
    public async Task Page_OfAPeriodThatGoesOn_SaysUntilWhen()
    {
        await using var staffed = await OpenAsync(new MadeReports { ["SU-fridge-1_2026-10"] = MadeReports.Excursion() });

        var page = await HtmlAsync(staffed, "amina", "/reports/SU-fridge-1_2026-11");

        page.Should().Contain("data-state=\"unfinished\"").And.Contain("Africa/Casablanca").And.Contain("revision=0").And.NotContain("/prepare");
        (await HtmlAsync(staffed, "amina", "/reports/SU-fridge-1_2027-11")).Should().NotContain("revision=0", "it has not begun");
        (await HtmlAsync(staffed, "amina", "/reports/SU-fridge-1_2026-10")).Should().Contain("/reports/SU-fridge-1_2026-10/prepare");
    }

    [Fact]
    public async Task Draft_ThatIsRefused_IsNotSaidToBeBeingMade()
    {
        await using var staffed = await OpenAsync(new MadeReports());

        var page = await HtmlAsync(staffed, "tariq", "/reports/SU-fridge-1_2026-10?lang=fr");

        page.Should().Contain("role=\"alert\"").And.Contain("data-part=\"refused\"").And.NotContain("data-part=\"making\"").And.NotContain("/prepare");
    }

    // As 21 CFR 11.50 has it: the zone belongs to the signature, and not to the place as it is today.
    [Fact]
    public async Task Signature_IsShownInTheZoneThatIsStoredWithIt()
    {
        var scene = await DeskScene.OpenAsync(); // Whoever serves it ends it.
        var row = await scene.PrepareAsync("tariq");
        var signed = row.MadeAt.ToDateTimeOffset().UtcDateTime;
        await File.WriteAllTextAsync(scene.Scene.FleetFile, SceneFleet.Text.Replace("Africa/Casablanca", "Asia/Riyadh", StringComparison.Ordinal));
        await using var staffed = await StaffedScene.ServeAsync(scene.Scene, logging: With(scene.Reports));
        await staffed.AddAsync("rachid", Role.Quality, Scope.Nation);

        var page = await HtmlAsync(staffed, "rachid", Page);

        page.Should().Contain(signed.AddHours(1).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) + ", Africa/Casablanca");
    }

    [Theory]
    [InlineData("/reports/open?about=&period=month&day=2026-11-22&lang=fr", "Choisir ce dont traite le rapport")]
    [InlineData("/reports/SU-fridge-1_2027-11/file?lang=fr", "Cette période n’a pas encore commencé")]
    [InlineData("/reports/SI-rabat_2026-11/file?lang=fr&format=zip", "Il n’y a pas de dossier signé de ce rapport")]
    [InlineData("/reports/EX-99/file?lang=fr", "Il n’y a rien dont ce rapport puisse parler")]
    [InlineData("/reports/AL-rabat_2020-11/file?lang=fr", "Rien n’était encore enregistré")]
    public async Task Refusal_OnAFrenchPage_IsFrench(string path, string sentence)
    {
        await using var staffed = await StaffedScene.OpenAsync();

        using var answer = await (await staffed.BrowserAsync("amina")).Client.GetAsync(new Uri(path, UriKind.Relative));

        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).Should().Contain(sentence);
    }

    [Fact]
    public async Task Page_OfAnotherSite_IsKept_AndOfNothingIsNotThere()
    {
        await using var staffed = await OpenAsync(new MadeReports());

        (await StatusAsync(staffed, "omar", Page)).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(staffed, "amina", "/reports/AL_2026-10")).Should().Be(HttpStatusCode.Forbidden, "it is of all sites");
        (await StatusAsync(staffed, "amina", "/reports/EX-99")).Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync(staffed, "amina", "/reports/nothing")).Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Pages_OfTheExcursion_LeadToItsReport()
    {
        await using var staffed = await OpenAsync(new MadeReports());

        (await HtmlAsync(staffed, "amina", "/excursions/1")).Should().Contain($"{Page}?lang=en").And.Contain("/reports?lang=en");
        (await HtmlAsync(staffed, "amina", "/excursions/1/case")).Should().Contain($"{Page}?lang=en");
    }

    [Fact]
    public async Task Api_TellsAndTakesTheSame_AndARestartKeepsIt()
    {
        var scene = await DeskScene.OpenAsync(); // Whoever serves it ends it.
        var row = await scene.PrepareAsync("tariq");
        await using var staffed = await StaffedScene.ServeAsync(scene.Scene, logging: With(scene.Reports));
        foreach (var name in new[] { "rachid", "nadia" })
        {
            await staffed.AddAsync(name, Role.Quality, Scope.Nation);
        }

        var sign = new { revision = 1, sha256 = row.Sha256, meaning = "reviewed", password = FormSession.ChosenPassword, code = staffed.NextCode() };
        var reviewed = await staffed.PostAsync("rachid", "/api/v1/reports/EX-1/signatures", sign, 200);
        ((string)reviewed["state"]!, (string)reviewed["toDo"]!["what"]!).Should().Be(("reviewed", "approve"));
        await staffed.PostAsync("nadia", "/api/v1/reports/EX-1/signatures", sign with { meaning = "signed" }, 400);
        var twice = await staffed.PostAsync("nadia", "/api/v1/reports/EX-1/signatures", sign with { code = staffed.NextCode() }, 409);
        ((string)twice["thing"]!).Should().Be("report");
        await staffed.PostAsync("nadia", "/api/v1/reports/EX-1/preparation", new { sha256 = row.Sha256, password = FormSession.ChosenPassword, code = staffed.NextCode() }, 409);
        await staffed.PostAsync("nadia", "/api/v1/reports/EX-7/preparation", new { sha256 = row.Sha256, password = FormSession.ChosenPassword, code = staffed.NextCode() }, 404);

        var head = await staffed.Api.GetAsync("/api/v1/reports/EX-1");
        head["revisions"]![0]!["signatures"]!.AsArray().Select(one => $"{one!["meaning"]} {one["signedBy"]}").Should().Equal("prepared tariq", "reviewed rachid");
        (await staffed.Api.GetAsync("/api/v1/reports")).AsArray().Select(one => $"{one!["number"]} {one["revision"]} {one["state"]}").Should().Equal("EX-1 1 reviewed");
        var tasks = await staffed.Api.GetAsync("/api/v1/reports/tasks");
        ((string)tasks["tasks"]![0]!["what"]!, (bool)tasks["tasks"]![0]!["isOverdue"]!, (int)tasks["notShown"]!).Should().Be(("approve", false, 0));
        await staffed.Api.GetAsync("/api/v1/reports/EX-99", 404);
    }

    [Fact]
    public async Task Server_NoticesByItselfThatARevisionIsVoid()
    {
        var scene = await DeskScene.OpenAsync(); // Whoever serves it ends it.
        await scene.PrepareAsync("tariq");
        scene.Reports["EX-1"] = MadeReports.Excursion(version: 2);
        await scene.HappensAsync(new { finding = 1 });

        await using var server = await StaffedScene.ServeAsync(scene.Scene, logging: With(scene.Reports));

        await Eventually.HoldsAsync(() => Task.FromResult(server.Events(EventKinds.ReportVoided).Count == 1));
    }

    private static async Task<StaffedScene> OpenAsync(MadeReports reports, ErrorLog? log = null)
    {
        var staffed = await StaffedScene.OpenAsync(logging: With(reports) + (logging => logging.AddProvider(log ?? new ErrorLog())));
        staffed.Clock.Now = Scene.At("14:00"); // The time that the report looks at is over.
        await staffed.AddAsync("omar-of-rabat", Role.Viewer, Scope.Site("rabat"));
        return staffed;
    }

    // The services of the server are those of its log as well: what is registered before the server does so itself stays.
    private static Action<ILoggingBuilder> With(MadeReports reports) => logging => logging.Services.AddSingleton<MakeReport>(reports.Make);

    private static async Task<string> HtmlAsync(StaffedScene staffed, string name, string path) =>
        WebUtility.HtmlDecode(await (await staffed.BrowserAsync(name)).Client.GetStringAsync(new Uri(path, UriKind.Relative)));

    private static async Task<HttpStatusCode> StatusAsync(StaffedScene staffed, string name, string path)
    {
        using var answer = await (await staffed.BrowserAsync(name)).Client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    // After days, a session is over.
    private static async Task<FormSession> FormSessionAsync(StaffedScene staffed, string name)
    {
        var session = await staffed.BrowserAsync(name);
        await session.SignInAsync(name);
        return session;
    }

    private static async Task DoAsync(StaffedScene staffed, string name, string what, params (string, string)[] fields)
    {
        fields = what == "prepare" ? [DraftOf(await HtmlAsync(staffed, name, Page))] : fields;
        var (status, html) = await SendAsync(staffed, name, $"{Page}/{what}", [.. fields, ("password", FormSession.ChosenPassword), ("code", staffed.NextCode())]);
        status.Should().Be(HttpStatusCode.Redirect, "the form answered {0}", html);
    }

    private static async Task<(HttpStatusCode Status, string Html)> SendAsync(StaffedScene staffed, string name, string action, params (string, string)[] fields)
    {
        using var answer = await (await staffed.BrowserAsync(name)).SendAsync(Page, action, fields);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    // What the form of a page carries hidden.
    private static (string, string)[] Seen(string html) =>
        [.. new[] { "meaning", "revision", "sha256" }.Select(name => (name, Hidden().Matches(html).First(match => match.Groups[1].Value == name).Groups[2].Value))];

    private static (string, string) DraftOf(string html) => ("sha256", Hidden().Matches(html).First(match => match.Groups[1].Value == "sha256").Groups[2].Value);

    [GeneratedRegex("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\" ?/?>")]
    private static partial Regex Hidden();
}
