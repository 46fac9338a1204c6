using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Alerting;

/// <summary>What alerts are put together from: causes, shelving, attempts, time to limit, and gaps on call.</summary>
public sealed class SmallPartsTests
{
    private static readonly Instant Start = new(1_800_000_000_000);

    [Theory]
    [InlineData(CauseKind.Power, "rabat", "power:rabat")]
    [InlineData(CauseKind.Silence, "device:pi-001", "silence:device:pi-001")]
    [InlineData(CauseKind.LookBack, "fridge-1", "look-back:fridge-1")]
    [InlineData(CauseKind.OnCallGap, "", "on-call-gap:")]
    public void Cause_IsReadAsItIsWritten(CauseKind kind, string subject, string text)
    {
        new Cause(kind, subject).ToString().Should().Be(text);
        Cause.TryParse(text, out var read).Should().BeTrue();
        read.Should().Be(new Cause(kind, subject));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("power")]
    [InlineData("weather:rabat")]
    public void Text_ThatIsNoCause_IsRefused(string? text) => Cause.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void Shelving_OfWhatIsCritical_NeedsAnotherPerson_AndEndsByItself()
    {
        var alone = new Shelving("amina", null, Severity.Critical, Start, Start + TimeSpan.FromHours(1));

        alone.Covers(Severity.Critical, Start).Should().BeFalse();
        (alone with { Second = "amina" }).Covers(Severity.Critical, Start).Should().BeFalse("one person is not two");
        var both = alone with { Second = "karim" };
        both.Covers(Severity.Critical, Start).Should().BeTrue();
        both.Covers(Severity.Critical, Start + TimeSpan.FromHours(1)).Should().BeFalse();
        (both with { Severity = Severity.Warning }).Covers(Severity.Critical, Start).Should().BeFalse("it became more severe since");
        (alone with { Severity = Severity.Warning }).Covers(Severity.Warning, Start).Should().BeTrue();
    }

    [Fact]
    public void Attempt_ThatMayHaveBeenTaken_IsRepeatedOnce_AndOneThatWasNot_Twice()
    {
        Attempts.NextAt([SendOutcome.Unsure], Start).Should().Be(Start + TimeSpan.FromSeconds(15));
        Attempts.NextAt([SendOutcome.Unsure, SendOutcome.Unsure], Start).Should().BeNull();
        Attempts.NextAt([SendOutcome.Refused, SendOutcome.Refused], Start).Should().Be(Start + TimeSpan.FromSeconds(30));
        Attempts.NextAt([.. Enumerable.Repeat(SendOutcome.Refused, 3)], Start).Should().BeNull();
        Attempts.NextAt([SendOutcome.Refused, SendOutcome.Unsure], Start).Should().NotBeNull();
    }

    [Fact]
    public void StorageUnits_AreRankedOutFirst_ThenUnknown_ThenByTheTimeThatIsLeft()
    {
        TimeToLimit[] all =
        [
            new(IsOut: false, IsKnown: true, null),
            new(IsOut: false, IsKnown: true, Start + TimeSpan.FromMinutes(40)),
            new(IsOut: false, IsKnown: false, null),
            new(IsOut: true, IsKnown: true, Start),
            new(IsOut: false, IsKnown: true, Start + TimeSpan.FromMinutes(5)),
        ];

        all.Order().Should().Equal(all[3], all[2], all[4], all[1], all[0]);
        (all[3] < all[2] && all[2] > all[3] && all[3] <= all[2] && all[2] >= all[3]).Should().BeTrue();
    }

    [Theory]
    [InlineData("", "0-72")]
    [InlineData("0-72", "")]
    [InlineData("0-10 10-72", "")]
    [InlineData("0-10 12-72", "10-12")]
    [InlineData("5-20 0-8 30-40", "20-30 40-72")]
    [InlineData("0-50 5-10 60-90", "50-60")]
    [InlineData("80-90", "0-72")]
    public void Gaps_AreWhatTheSlotsLeaveOpen(string slots, string gaps)
    {
        var found = OnCallGaps.Of(Spans(slots), Start, Start + OnCallGaps.Ahead);

        found.Should().Equal(Spans(gaps));
    }

    private static IEnumerable<Span> Spans(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('-')).Select(ends =>
        new Span(Start + TimeSpan.FromHours(int.Parse(ends[0], null)), Start + TimeSpan.FromHours(int.Parse(ends[1], null))));
}
