using ColdChain.Tidy.Tests.Rules;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class RazorLawTests
{
    [Theory]
    [InlineData("@using ColdChain.Server.Alerts")]
    [InlineData("@inject ColdChain.Server.Alerts.Ladder Ladder")]
    [InlineData("@ColdChain.Edge.Outbox.Rows.Count")]
    [InlineData("<p>@DateTime.UtcNow</p>")]
    [InlineData("<p>@(DateTimeOffset.Now.Year)</p>")]
    public void ForbiddenName_InAPage_IsFound(string line) =>
        Sample.Places(new RazorLaw(), ("server/Dashboard/Page.razor", "<h1/>\n" + line)).Should().Equal("server/Dashboard/Page.razor:2");

    [Fact]
    public void SharedNamespaces_InAPage_AreAllowed() =>
        Sample.Places(
            new RazorLaw(),
            ("server/Dashboard/Page.razor", "@using ColdChain.Server.Store\n@using ColdChain.Core.Readings\n@using ColdChain.Server.Dashboard.Parts"))
            .Should().BeEmpty();
}
