using System.Net;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared.Prepared;

namespace ColdChain.Server.Tests.Dashboard;

public sealed class UnitPageTests
{
    [Fact]
    public async Task Unit_OutOfRange_ShowsFindingsHoldsAndContents()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Out);

        var page = await server.PageAsync("/units/frigo-2");

        page.Should().Contain("data-state=\"out-of-range\"").And.Contain("Trop chaud").And.Contain("en cours").And.Contain("découverte après coup");
        page.Should().Contain("L’enceinte").And.Contain("W000026000001").And.Contain("12 à l’intérieur");
        page.Should().Contain("Excursion ouverte").And.Contain("Mise en quarantaine");
    }

    [Fact]
    public async Task Events_ThatHappenedTogether_AreOneRow()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Out);

        var page = await server.PageAsync("/units/frigo-2");

        page.Should().Contain("× 13", "an excursion held the unit and twelve blood units").And.Contain("× 12", "the blood units that were entered");
        page.Should().Contain("Excursion ouverte", "the holds do not push it off the list");
    }

    [Fact]
    public async Task Rule_WithFiguresNobodyHasRead_SaysSo()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine);

        var page = await server.PageAsync("/units/frigo-1");

        page.Should().Contain("eu-edqm").And.Contain("2026.2").And.Contain("Valeurs non vérifiées").And.Contain("choix technique, sans autorité");
    }

    [Fact]
    public async Task Events_OfTheUnitsDevices_AreShownWithTheirReason()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine, PreparedFleet.Near);
        await server.Store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                EventLog.Append(transaction, server.Start, EventKinds.RetainedRefused, null, PreparedFleet.Fine.Device, new { reason = "the broker had kept it" });
                EventLog.Append(transaction, server.Start, EventKinds.DeviceClockWrong, null, PreparedFleet.Near.Device, new { });
            },
            CancellationToken.None);

        var page = await server.PageAsync("/units/frigo-1");

        page.Should().Contain("Message rejoué par le courtier, refusé").And.Contain("the broker had kept it").And.NotContain("Horloge d’un boîtier fausse");
    }

    [Theory]
    [InlineData("/units/frigo-9")]
    [InlineData("/units/<b>")]
    public async Task Unit_NotInTheFleet_IsNotFoundInWords(string path)
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine);

        using var answer = await server.Client.GetAsync(new Uri(path, UriKind.Relative));

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("Page introuvable").And.NotContain("<b>");
    }
}
