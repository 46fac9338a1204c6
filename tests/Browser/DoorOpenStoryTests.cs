using ColdChain.Core.Isbt;
using ColdChain.Tests.Shared.Prepared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ColdChain.Browser.Tests;

/// <summary>
/// A door was left open: from the red tile to the signed decision, as people do it at a screen. A technician takes the alarm on, secures the stock and proposes;
/// a second person signs in and signs. A picture of each step is kept in <c>artifacts/screenshots</c>.
/// </summary>
[Trait("Needs", "chromium")]
public sealed class DoorOpenStoryTests(Chromium chromium, SiteServer server) : IClassFixture<Chromium>, IClassFixture<SiteServer>
{
    // The first blood unit of the fridge that is out of range.
    private const string Donation = "W000026000101";

    [Fact]
    public async Task Story_FromTheRedTile_ToTheSignedDecision()
    {
        var technician = await server.AddPersonAsync("tariq", "technician");
        var assessor = await server.AddPersonAsync("amina", "quality");
        var signer = await server.AddPersonAsync("badr", "quality", hasFactor: true);

        await TakeOnAsync(technician);
        var path = await SecureAsync(technician);
        await AssessAsync(assessor, path);
        await ProposeAsync(technician, path);
        await SignAsync(signer, path);
    }

    private async Task TakeOnAsync(SitePerson technician)
    {
        await using var visitor = await chromium.VisitAsync(server, technician.Session);
        var page = await visitor.OpenAsync("/");
        await page.Locator("#notices [data-alarms] a").ClickAsync();
        await Visitor.PictureAsync(page, "story-0-alarms");
        await page.Locator("tr[data-severity=critical]", new() { HasText = PreparedFleet.Out.Name }).Locator("th a").ClickAsync();
        await page.Locator("input[name=action]").FillAsync("Je ferme la porte et je vérifie le stock");
        await page.Locator("form[action*='/acknowledge'] button").ClickAsync();
        await Expect(page.Locator("[data-part=owner]")).ToContainTextAsync(technician.Name);
        await Expect(page.Locator("[data-part=acknowledgements]")).ToContainTextAsync("Je ferme la porte");
        await Visitor.PictureAsync(page, "story-0-i-have-it");
        visitor.Faults.Should().BeEmpty();
    }

    private async Task<string> SecureAsync(SitePerson technician)
    {
        await using var visitor = await chromium.VisitAsync(server, technician.Session);
        var page = await visitor.OpenAsync("/");
        await page.Locator($".tile[data-unit={PreparedFleet.Out.Id}] h3 a").ClickAsync();
        await page.Locator("[data-part=findings] tbody tr a").First.ClickAsync();
        await Visitor.PictureAsync(page, "story-1-excursion");
        await page.Locator("a.action[href*='/case']").ClickAsync();
        await Expect(page.Locator("#case-title")).ToBeVisibleAsync();
        var path = new Uri(page.Url).AbsolutePath;
        await page.Locator("[data-step=door-closed] button").ClickAsync();
        await Expect(page.Locator("[data-step=door-closed]")).ToHaveAttributeAsync("data-done", "true");
        await page.Locator("form:has(select[name=word]) select").SelectOptionAsync("door-open");
        await page.Locator("form:has(select[name=word]) button").ClickAsync();
        await Expect(page.Locator("[data-cause=door-open]")).ToBeVisibleAsync();
        await MoveAsync(page);
        await page.GotoAsync(path);
        await page.Locator("[data-step=stock-moved] input[name=note]").FillAsync("Réfrigérateur CGR 1");
        await page.Locator("[data-step=stock-moved] button").ClickAsync();
        await Expect(page.Locator("[data-step=stock-moved]")).ToHaveAttributeAsync("data-done", "true");
        await Visitor.PictureAsync(page, "story-3-steps");
        visitor.Faults.Should().BeEmpty();
        return path;
    }

    // With the scanner's field, by typing the number and its check character.
    private static async Task MoveAsync(IPage page)
    {
        DonationNumber.TryParseValue(Donation, out var number).Should().BeTrue();
        await page.GotoAsync("/scan");
        await page.Locator("input[value=move]").CheckAsync();
        await page.Locator("select[name=unit]").SelectOptionAsync(PreparedFleet.Fine.Id);
        await page.Locator("select[name=product]").SelectOptionAsync("RBC");
        await page.Locator("input[name=scan]").FillAsync(number.ToLabel());
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".scanned")).ToHaveAttributeAsync("data-answer", "no");
        await Expect(page.Locator("input[name=scan]")).ToBeFocusedAsync();
        await Visitor.PictureAsync(page, "story-2-moved");
    }

    private async Task AssessAsync(SitePerson assessor, string path)
    {
        await using var visitor = await chromium.VisitAsync(server, assessor.Session);
        var page = await visitor.OpenAsync(path);
        await page.Locator("form:has(input[value=assessment]) textarea").FillAsync("Moins d’une heure au-dessus de 6 °C, jamais au-dessus de 10 °C : dans la tolérance du service.");
        await page.Locator("form:has(input[value=assessment]) button").ClickAsync();
        await Expect(page.Locator(".assessment")).ToContainTextAsync("tolérance");
    }

    private async Task ProposeAsync(SitePerson technician, string path)
    {
        await using var visitor = await chromium.VisitAsync(server, technician.Session);
        var page = await visitor.OpenAsync(path);
        await FillAsync(page, "Peu de temps, peu de degrés.");
        await page.Locator(".decisions button:not(.sign)").ClickAsync();
        await Expect(Row(page)).ToContainTextAsync("tariq");
        await Visitor.PictureAsync(page, "story-4-proposed");
    }

    private async Task SignAsync(SitePerson signer, string path)
    {
        await using var visitor = await chromium.VisitAsync(server, session: null);
        var page = await visitor.OpenAsync(path);
        await page.Locator("input[name=name]").FillAsync(signer.Name);
        await page.Locator("input[name=password]").FillAsync(SitePerson.Password);
        await page.Locator("main button").ClickAsync();
        await FillAsync(page, "D’accord avec l’évaluation.");
        await page.Locator("input[name=code]").FillAsync("000000");
        visitor.ForgetFaults();
        await page.Locator("button.sign").ClickAsync();
        await Expect(page.Locator(".fault")).ToBeVisibleAsync();
        visitor.Faults.Should().OnlyContain(fault => fault.Contains("403", StringComparison.Ordinal), "a wrong code is refused, and nothing else is wrong");
        visitor.ForgetFaults();

        await FillAsync(page, "D’accord avec l’évaluation.");
        await page.Locator("input[name=code]").FillAsync(signer.NextCode());
        await Visitor.PictureAsync(page, "story-5-before-signing");
        await page.Locator("button.sign").ClickAsync();

        var signed = page.Locator("[data-signed=release]");
        await Expect(signed).ToContainTextAsync(Donation);
        await Expect(signed).ToContainTextAsync("Badr B.");
        await Expect(signed).ToContainTextAsync("Africa/Casablanca");
        await Expect(Row(page)).ToHaveCountAsync(0);
        await Visitor.PictureAsync(page, "story-6-signed");
        visitor.Faults.Should().BeEmpty();
    }

    private static async Task FillAsync(IPage page, string reason)
    {
        await Row(page).Locator("input[name=hold]").CheckAsync();
        await page.Locator(".decisions select[name=kind]").SelectOptionAsync("release");
        await page.Locator("textarea[name=reason]").FillAsync(reason);
    }

    private static ILocator Row(IPage page) => page.Locator($"tr[data-hold]:has-text('{Donation}')");
}
