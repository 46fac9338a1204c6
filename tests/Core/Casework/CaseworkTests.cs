using ColdChain.Core.Casework;
using ColdChain.Core.Exposure;

namespace ColdChain.Core.Tests.Casework;

public sealed class CaseworkTests
{
    /// <summary>They are stored: none may be renamed, and the order is the one on the page.</summary>
    [Fact]
    public void Words_AreThoseThatAreStored()
    {
        SecuringSteps.All.Should().Equal("alarm-silenced", "thermometers-read", "door-closed", "rechecked", "stock-moved", "interim-reading", "service-called");
        Causes.All.Should().Equal("door-open", "power", "compressor", "defrost", "overloading", "probe-fault", "planned-work", "unknown", "other");
        FollowUps.All.Should().Equal("receiver-informed", "recalled", "found-transfused", "no-action-needed");
    }

    [Fact]
    public void Notes_AreNeededWhereAWordAloneSaysNothing()
    {
        SecuringSteps.All.Where(SecuringSteps.NeedsNote).Should().Equal("thermometers-read", "stock-moved", "interim-reading");
        Causes.All.Where(Causes.NeedsNote).Should().Equal("other");
        FollowUps.All.Where(FollowUps.NeedsNote).Should().Equal("receiver-informed", "no-action-needed");
        FollowUps.All.Where(word => !FollowUps.Ends(word)).Should().Equal("receiver-informed");
    }

    [Theory]
    [InlineData(DecisionKind.Release, false, "release")]
    [InlineData(DecisionKind.Release, true, "release-without-ground")]
    [InlineData(DecisionKind.Discard, false, "discard")]
    [InlineData(DecisionKind.Return, true, "return")]
    public void Meaning_OfADecision_HasItsWord(DecisionKind kind, bool isGroundRemoved, string word) =>
        Meanings.WordOf(Meanings.Of(kind, isGroundRemoved)).Should().Be(word);

    [Fact]
    public void Meaning_OfAnotherVersion_HasNone() => Meanings.WordOf("I think so.").Should().BeNull();
}
