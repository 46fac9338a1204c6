using ColdChain.Core.People;

namespace ColdChain.Core.Tests.People;

public sealed class TokenScopesTests
{
    [Theory]
    [InlineData("wall", "SeeTiles")]
    [InlineData("read", "SeeTiles See")]
    [InlineData("read-audit", "ReadAudit")]
    [InlineData("read-holds", "TakeHoldNotices")]
    [InlineData("write-contents", "EnterContents")]
    [InlineData("write-windows", "EnterWindows")]
    [InlineData("operate", "Operate")]
    [InlineData("watch", "Watch")]
    [InlineData("report-delivery", "ReportDelivery")]
    [InlineData("of-a-later-version", "")]
    public void Scope_AllowsWhatTheTableSaysAndNothingElse(string word, string allowed)
    {
        var rights = TokenScopes.Rights([word], Scope.Site("depot-1"));

        Enum.GetValues<Permission>().Where(what => rights.Allow(what, new Place("depot-1", null))).Should()
            .BeEquivalentTo(allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Permission>));
        Enum.GetValues<Permission>().Should().OnlyContain(what => !rights.Allow(what, new Place("depot-2", null)));
    }

    [Fact]
    public void AllScopesTogether_NeitherDecideNorManagePeople()
    {
        var rights = TokenScopes.Rights(TokenScopes.All, Scope.Nation);

        new[] { Permission.Decide, Permission.ManagePeople, Permission.EditFleet, Permission.Acknowledge }.Should().OnlyContain(what => !rights.Anywhere(what));
    }

    [Theory]
    [InlineData("read", true)]
    [InlineData("read write-contents", true)]
    [InlineData("read read", false)]
    [InlineData("read everything", false)]
    [InlineData("", false)]
    public void AreSome_OnlyKnownOnes(string words, bool are) => TokenScopes.AreSome(words.Split(' ')).Should().Be(are);
}
