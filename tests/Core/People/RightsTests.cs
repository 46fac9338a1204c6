using ColdChain.Core.People;

namespace ColdChain.Core.Tests.People;

/// <summary>Who may do what, and where: one table, and deny by default.</summary>
public sealed class RightsTests
{
    private static readonly Place Depot = new("depot-1", "atlas");
    private static readonly Place OtherDepot = new("depot-2", "atlas");
    private static readonly Place Far = new("depot-9", "rif");

    /// <summary>Written from what each role is for, and not from the code: every role, and all that it may do.</summary>
    public static TheoryData<Role, string> Table => new()
    {
        { Role.Viewer, "SeeTiles See" },
        { Role.Technician, "SeeTiles See EnterContents EnterWindows Acknowledge Propose PrepareReports" },
        { Role.Biomedical, "SeeTiles See EnterWindows Acknowledge PlanOnCall EditFleet PrepareReports ReviewReports" },
        { Role.Quality, "SeeTiles See Acknowledge Propose Decide ReadAudit PrepareReports ReviewReports ApproveReports" },
        { Role.Admin, "SeeTiles See PlanOnCall EditFleet Operate Watch ManagePeople ReadAudit" },
        { Role.Auditor, "SeeTiles See ReadAudit" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Role_AtItsSite_MayDoWhatTheTableSaysAndNothingElse(Role role, string allowed)
    {
        var rights = Rights.Of([new Grant(role, Scope.Site("depot-1"))]);

        Enum.GetValues<Permission>().Where(what => rights.Allow(what, Depot)).Should().BeEquivalentTo(allowed.Split(' ').Select(Enum.Parse<Permission>));
    }

    [Fact]
    public void Table_NamesEveryRole() => Table.Select(row => (Role)((object[])row)[0]).Should().BeEquivalentTo(Enum.GetValues<Role>());

    [Fact]
    public void NoGrant_AllowsNothing() => Enum.GetValues<Permission>().Should().OnlyContain(what => Rights.None.Refusal(what, Depot) == RightsRefusal.Nowhere);

    [Fact]
    public void UnknownRole_AllowsNothing() =>
        Enum.GetValues<Permission>().Should().OnlyContain(what => !Rights.Of(new[] { new Grant((Role)99, Scope.Nation) }).Anywhere(what));

    [Theory]
    [InlineData("site:depot-1", true, false, false, false)]
    [InlineData("region:atlas", true, true, false, false)]
    [InlineData("nation", true, true, true, true)]
    public void Scope_CoversItsPlacesOnly(string scope, bool depot, bool otherDepot, bool far, bool nowhere)
    {
        Scope.TryParse(scope, out var where).Should().BeTrue();
        var rights = Rights.Of([new Grant(Role.Viewer, where)]);

        new Place?[] { Depot, OtherDepot, Far, null }.Select(place => rights.Allow(Permission.See, place)).Should().Equal(depot, otherDepot, far, nowhere);
        where.ToString().Should().Be(scope);
    }

    [Fact]
    public void Refusal_SaysWhetherItIsAllowedElsewhere()
    {
        var rights = Rights.Of([new Grant(Role.Technician, Scope.Site("depot-1")), new Grant(Role.Viewer, Scope.Nation)]);

        rights.Refusal(Permission.EnterContents, Depot).Should().BeNull();
        rights.Refusal(Permission.EnterContents, Far).Should().Be(RightsRefusal.Elsewhere);
        rights.Refusal(Permission.Decide, Depot).Should().Be(RightsRefusal.Nowhere);
        rights.Everywhere(Permission.See).Should().BeTrue();
        rights.Everywhere(Permission.EnterContents).Should().BeFalse();
    }

    [Fact]
    public void SiteWithoutRegion_IsInNoRegion() =>
        Rights.Of([new Grant(Role.Viewer, Scope.Region("atlas"))]).Allow(Permission.See, new Place("depot-1", null)).Should().BeFalse();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("site:")]
    [InlineData("region:")]
    [InlineData("Nation")]
    [InlineData("world")]
    public void Scope_Unreadable_IsRefusedAndCoversNothing(string? text)
    {
        Scope.TryParse(text, out var scope).Should().BeFalse();
        scope.Covers(new Place("", "")).Should().BeFalse();
        scope.Covers(null).Should().BeFalse();
    }
}
