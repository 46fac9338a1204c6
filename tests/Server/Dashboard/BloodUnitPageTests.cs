using System.Net;
using ColdChain.Tests.Shared.Prepared;

namespace ColdChain.Server.Tests.Dashboard;

/// <summary>The page of one blood unit, in both languages.</summary>
public sealed class BloodUnitPageTests
{
    private const string Address = "/blood-units/W000026000001/RBC";

    [Fact]
    public async Task BloodUnit_OfAFridgeThatWasWarm_ShowsWhatItUsedAndWhere()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Out);

        var french = await server.PageAsync(Address);
        var english = await server.PageAsync($"{Address}?lang=en");

        french.Should().Contain("data-verdict=\"hold\"").And.Contain("À retenir jusqu’à l’évaluation").And.Contain("Hors des limites").And.Contain("Réfrigérateur CGR 2");
        english.Should().Contain("To be held until a person has assessed it").And.Contain("Outside the limits").And.Contain("known, up to").And.Contain("never a release");
        (await server.PageAsync("/units/frigo-2")).Should().Contain($"{Address}?lang=fr", "the page of the storage unit leads there");
    }

    [Fact]
    public async Task BloodUnit_ThatNobodyEntered_IsNotFoundInWords()
    {
        await using var server = await PreparedServer.StartAsync(PreparedFleet.Fine);

        var answer = await server.Client.GetAsync(new Uri("/blood-units/W000026999999/RBC?lang=en", UriKind.Relative));

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).Should().Contain("Nobody has entered the blood unit 'W000026999999 RBC'");
    }
}
