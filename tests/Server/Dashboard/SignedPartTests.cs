using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Pages;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Html;
using ColdChain.Server.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Dashboard;

public sealed class SignedPartTests
{
    private static readonly Instant At = Scene.At("09:30");

    // The place has moved to Riyadh meanwhile.
    [Theory]
    [InlineData("Africa/Casablanca", "10:30:00", "Africa/Casablanca")]
    [InlineData("", "12:30:00", "Asia/Riyadh")]
    [InlineData("Nowhere/Atlantis", "12:30:00", "Asia/Riyadh")]
    public async Task Time_OfASignature_IsThatOfTheZoneThatStandsBesideIt(string stored, string time, string zone)
    {
        var frame = new PageFrame { Texts = Texts.Find("en")!, Now = At, Zone = TimeZoneInfo.Utc, Path = "/", Notices = [], Asset = name => name };
        await using var services = new ServiceCollection().BuildServiceProvider();

        var part = await new PageRenderer(services, NullLoggerFactory.Instance).RenderAsync<SignedPart>(new()
        {
            [nameof(SignedPart.Frame)] = frame,
            [nameof(SignedPart.Decision)] = new DecisionView("release", "Badr B.", "badr", At, stored, "release-second", "Agreed.", ""),
            [nameof(SignedPart.What)] = "Fridge 1",
            [nameof(SignedPart.Zone)] = TimeZoneInfo.FindSystemTimeZoneById("Asia/Riyadh"),
        });

        part.Should().Contain(time).And.Contain(zone);
    }
}
