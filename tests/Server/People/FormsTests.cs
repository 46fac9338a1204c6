using System.Net;
using ColdChain.Server.People;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.People;

/// <summary>Signing in and the pages of people, as a browser does it.</summary>
public sealed class FormsTests : IAsyncLifetime
{
    private Scene _scene = null!;
    private ServedScene _server = null!;

    private ServerApp App => _server.App;

    public async Task InitializeAsync()
    {
        _scene = await Scene.OpenAsync();
        _server = await _scene.ServeAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _scene.DisposeAsync();
    }

    [Theory]
    [InlineData("/", "/sign-in?return=%2F")]
    [InlineData("/units/fridge-1?lang=en", "/sign-in?return=%2Funits%2Ffridge-1%3Flang%3Den")]
    public async Task Page_ForNobody_LeadsToTheSignIn(string page, string to)
    {
        using var browser = new FormSession(App.Address);

        using var answer = await browser.Client.GetAsync(new Uri(page, UriKind.Relative));

        answer.Headers.Location!.OriginalString.Should().Be(to);
        answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("default-src 'self'").And.Contain("frame-ancestors 'none'").And.NotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("same-origin");
        answer.Headers.Contains("Strict-Transport-Security").Should().BeFalse("there is no https");
    }

    [Fact]
    public async Task Form_OfASessionThatIsOver_LeadsToTheSignIn_AndBackToItsPage()
    {
        using var browser = new FormSession(App.Address);
        using var empty = new FormUrlEncodedContent([]);

        using var answer = await browser.Client.PostAsync(new Uri("/reports/EX-1/prepare?lang=fr", UriKind.Relative), empty);

        (answer.StatusCode, answer.Headers.Location!.OriginalString).Should().Be((HttpStatusCode.SeeOther, "/sign-in?return=%2Freports%2FEX-1"));
    }

    [Fact]
    public async Task Https_ByAProxyOnThisMachine_BindsCookiesAndBrowsersToIt()
    {
        using var browser = new HttpClient { BaseAddress = App.Address };
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using var answer = await browser.GetAsync(new Uri("/sign-in", UriKind.Relative));

        answer.Headers.GetValues("Set-Cookie").Single().Should().StartWith("__Host-coldchain-visit=").And.Contain("path=/").And.Contain("secure").And.Contain("samesite=strict").And.Contain("httponly");
        answer.Headers.GetValues("Strict-Transport-Security").Single().Should().StartWith("max-age=");
    }

    [Fact]
    public async Task OneTimePassword_OpensItsChangeAlone_AndTheOwnOneEverything()
    {
        using var browser = new FormSession(App.Address);
        await browser.SignInAsync(Accounts.FirstName, App.FirstPassword!);
        (await browser.Client.GetAsync(new Uri("/", UriKind.Relative))).Headers.Location!.OriginalString.Should().Be("/account");
        (await browser.Client.GetAsync(new Uri("/api/v1/units", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Forbidden);

        using var admin = await FormSession.SignInFirstAsync(App.Address, Accounts.FirstName, App.FirstPassword!);

        var cookie = admin.Cookies.Single(one => one.Name == "coldchain-session");
        cookie.HttpOnly.Should().BeTrue();
        (await admin.Client.GetStringAsync(new Uri("/?lang=en", UriKind.Relative))).Should().Contain("Fridge 1").And.Contain("/people");
        (await browser.Client.GetAsync(new Uri("/", UriKind.Relative))).Headers.Location!.OriginalString.Should().StartWith("/sign-in", "the change of the password ended the other session");
    }

    [Fact]
    public async Task Form_WithoutItsToken_OrFromAnotherSite_ChangesNothing()
    {
        using var admin = await FormSession.SignInFirstAsync(App.Address, Accounts.FirstName, App.FirstPassword!);
        using var bare = new FormUrlEncodedContent([new("name", "amina"), new("display", "Amina"), new("language", "fr")]);
        using var forged = new FormUrlEncodedContent([new("name", "amina"), new("display", "Amina"), new("form-token", new string('0', 64))]);
        (await admin.Client.PostAsync(new Uri("/people", UriKind.Relative), bare)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await admin.Client.PostAsync(new Uri("/people", UriKind.Relative), forged)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await admin.Client.PostAsync(new Uri("/people", UriKind.Relative), new StringContent("{}"))).StatusCode.Should().Be(HttpStatusCode.BadRequest);

        admin.Client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        (await admin.SendAsync("/people", "/people", ("name", "amina"), ("display", "Amina"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        using var entry = new StringContent("""{"kind":"maintenance"}""", System.Text.Encoding.UTF8, "application/json");
        (await admin.Client.PostAsync(new Uri("/api/v1/units/fridge-1/windows", UriKind.Relative), entry)).StatusCode.Should().Be(HttpStatusCode.Forbidden);

        App.Store.Read(AccountStore.All).Should().ContainSingle();
    }

    [Fact]
    public async Task Administrator_AddsGrantsAndDisables()
    {
        using var admin = await FormSession.SignInFirstAsync(App.Address, Accounts.FirstName, App.FirstPassword!);
        var added = await PageAsync(await admin.SendAsync("/people?lang=en", "/people?lang=en", ("name", "amina"), ("display", "Amina <b>"), ("language", "en")));
        var oneTime = System.Text.RegularExpressions.Regex.Match(added, "<output[^>]*>([^<]+)</output>").Groups[1].Value;
        added.Should().Contain("Amina &lt;b&gt;").And.Contain("one-time password");
        (await PageAsync(await admin.SendAsync("/people?lang=en", "/people/amina/grant?lang=en", ("role", "viewer"), ("scope", "site:rabat")))).Should().Contain("viewer, site rabat");

        using var amina = await FormSession.SignInFirstAsync(App.Address, "amina", oneTime);
        (await amina.Client.GetStringAsync(new Uri("/", UriKind.Relative))).Should().Contain("lang=\"en\"").And.Contain("Fridge 1").And.NotContain("/people");
        (await amina.Client.GetAsync(new Uri("/people", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Forbidden);

        (await admin.SendAsync("/people", "/people/amina/disable")).EnsureSuccessStatusCode();
        (await amina.Client.GetAsync(new Uri("/", UriKind.Relative))).Headers.Location!.OriginalString.Should().StartWith("/sign-in");
        App.Store.Read(session => EventLog.Read(session, 0, 1000)).Select(row => $"{row.Who} {row.Kind} {row.Subject}").Should().Contain(
            ["person:admin account-added person:amina", "person:admin role-granted person:amina", "person:admin account-disabled person:amina"]);
    }

    [Theory]
    [InlineData("/people", "Amina", "amina", "", "", "2 to 32 lower-case letters")]
    [InlineData("/people/admin/disable", "", "", "", "", "Nobody would be left")]
    [InlineData("/people/admin/grant", "", "", "king", "nation", "no such role or place")]
    [InlineData("/people/admin/grant", "", "", "viewer", "site:nowhere", "no such role or place")]
    [InlineData("/people/nobody/reset", "", "", "", "", "There is no such name")]
    [InlineData("/people/tokens", "reader", "", "", "nation", "at least one scope")]
    public async Task Administrator_WhoErrs_IsToldReasonAndCure(string action, string name, string display, string role, string scope, string fault)
    {
        using var admin = await FormSession.SignInFirstAsync(App.Address, Accounts.FirstName, App.FirstPassword!);

        using var answer = await admin.SendAsync("/people", $"{action}?lang=en", ("name", name), ("display", display), ("role", role), ("scope", scope));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(fault);
    }

    [Fact]
    public async Task Token_MadeOnThePage_IsShownOnceAndWorks()
    {
        using var admin = await FormSession.SignInFirstAsync(App.Address, Accounts.FirstName, App.FirstPassword!);
        var page = await PageAsync(await admin.SendAsync("/people", "/people/tokens?lang=en", ("name", "lims"), ("scopes", "read"), ("scopes", "write-contents"), ("scope", "site:rabat")));
        var token = System.Text.RegularExpressions.Regex.Match(page, "<output[^>]*>([^<]+)</output>").Groups[1].Value;

        (await admin.Client.GetStringAsync(new Uri("/people", UriKind.Relative))).Should().NotContain(token).And.Contain("lims");
        using var program = new HttpClient { BaseAddress = App.Address, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
        (await program.GetAsync(new Uri("/api/v1/units/fridge-1", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await program.GetAsync(new Uri("/api/v1/events", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await admin.SendAsync("/people", "/people/tokens/lims/revoke")).EnsureSuccessStatusCode();
        (await program.GetAsync(new Uri("/api/v1/units/fridge-1", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/units/fridge-1?lang=en", "/units/fridge-1?lang=en")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("", "/")]
    public async Task SignIn_GoesOnToAPathOfThisServerOnly(string wanted, string to)
    {
        using var browser = new FormSession(App.Address);

        using var answer = await browser.SendAsync("/sign-in", "/sign-in", ("name", Accounts.FirstName), ("password", App.FirstPassword!), ("return", wanted));

        answer.Headers.Location!.OriginalString.Should().Be(to);
    }

    [Fact]
    public async Task Guessing_HasToWait_AndWhoIsInGoesOn()
    {
        using var admin = await FormSession.SignInFirstAsync(App.Address, Accounts.FirstName, App.FirstPassword!);
        using var guesser = new FormSession(App.Address);
        for (var i = 0; i < SignInThrottle.FreeOfAccount; i++)
        {
            (await guesser.SendAsync("/sign-in", "/sign-in", ("name", Accounts.FirstName), ("password", "guess"))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }

        using var answer = await guesser.SendAsync("/sign-in?lang=en", "/sign-in?lang=en", ("name", Accounts.FirstName), ("password", "guess"));

        answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta.Should().Be(SignInThrottle.First);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("Try again in 1 s");
        (await admin.Client.GetAsync(new Uri("/", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK, "whoever is signed in is not kept from anything");
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        using var admin = await FormSession.SignInFirstAsync(App.Address, Accounts.FirstName, App.FirstPassword!);
        var secret = admin.Cookies.Single(cookie => cookie.Name == "coldchain-session").Value;

        (await admin.SendAsync("/account", "/sign-out")).Headers.Location!.OriginalString.Should().Be("/sign-in");

        using var thief = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = App.Address, DefaultRequestHeaders = { { "Cookie", $"coldchain-session={secret}" } } };
        (await thief.GetAsync(new Uri("/api/v1/units", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        App.Store.Read(session => EventLog.Read(session, 0, 1000))[^1].Kind.Should().Be(EventKinds.SignedOut);
    }

    private static async Task<string> PageAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.Should().Be(HttpStatusCode.OK, text);
            return text;
        }
    }
}
