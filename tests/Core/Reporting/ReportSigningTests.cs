using ColdChain.Core.Reporting;

namespace ColdChain.Core.Tests.Reporting;

public sealed class ReportSigningTests
{
    private const SignatureMeaning Prepared = SignatureMeaning.Prepared;
    private const SignatureMeaning Reviewed = SignatureMeaning.Reviewed;
    private const SignatureMeaning Approved = SignatureMeaning.Approved;

    [Fact]
    public void Next_IsOneAfterTheOther()
    {
        ReportSigning.Next([]).Should().Be(Prepared);
        ReportSigning.Next([new(Prepared, "amina")]).Should().Be(Reviewed);
        ReportSigning.Next([new(Prepared, "amina"), new(Reviewed, "badr")]).Should().Be(Approved);
        ReportSigning.Next([new(Prepared, "amina"), new(Reviewed, "badr"), new(Approved, "badr")]).Should().BeNull();
    }

    [Fact]
    public void Refusal_OfWhoeverMaySignNext_IsNone()
    {
        ReportSigning.Refusal(Prepared, "amina", [], isVoid: false).Should().BeNull();
        ReportSigning.Refusal(Reviewed, "badr", [new(Prepared, "amina")], isVoid: false).Should().BeNull();
        ReportSigning.Refusal(Approved, "badr", [new(Prepared, "amina"), new(Reviewed, "badr")], isVoid: false).Should().BeNull("one other person is enough");
    }

    [Fact]
    public void Refusal_OfWhoeverPrepared_IsThatItIsHisOwn()
    {
        ReportSigning.Refusal(Reviewed, "amina", [new(Prepared, "amina")], isVoid: false).Should().Be(SigningRefusal.OwnReport);
        ReportSigning.Refusal(Approved, "amina", [new(Prepared, "amina"), new(Reviewed, "badr")], isVoid: false).Should().Be(SigningRefusal.OwnReport);
    }

    [Fact]
    public void Refusal_OutOfOrderTwiceOrOfWhatHasChanged_SaysWhich()
    {
        ReportSigning.Refusal(Reviewed, "badr", [], isVoid: false).Should().Be(SigningRefusal.OutOfOrder);
        ReportSigning.Refusal(Approved, "badr", [new(Prepared, "amina")], isVoid: false).Should().Be(SigningRefusal.OutOfOrder);
        ReportSigning.Refusal(Prepared, "badr", [new(Prepared, "amina")], isVoid: false).Should().Be(SigningRefusal.SignedAlready);
        ReportSigning.Refusal(Reviewed, "badr", [new(Prepared, "amina")], isVoid: true).Should().Be(SigningRefusal.Void);
    }

    [Fact]
    public void Word_OfAMeaning_IsReadAgain()
    {
        ReportSigning.WordOf(Prepared).Should().Be("prepared");
        ReportSigning.WordOf(Reviewed).Should().Be("reviewed");
        ReportSigning.WordOf(Approved).Should().Be("approved");
        Enum.GetValues<SignatureMeaning>().Should().AllSatisfy(meaning => ReportSigning.MeaningOf(ReportSigning.WordOf(meaning)).Should().Be(meaning));
        ReportSigning.MeaningOf("Prepared").Should().BeNull();
        Enum.GetValues<SignatureMeaning>().Select(ReportSigning.SentenceOf).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Due_IsCountedFromWhatComesBefore()
    {
        ReportDue.Default.Of(Prepared, Some.Noon).Should().Be(Some.Noon + TimeSpan.FromDays(3));
        ReportDue.Default.Of(Reviewed, Some.Noon).Should().Be(Some.Noon + TimeSpan.FromDays(4));
        ReportDue.Default.Of(Approved, Some.Noon).Should().Be(Some.Noon + TimeSpan.FromDays(7));
        new ReportDue(TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(5)).Of(Reviewed, Some.Noon).Should().Be(Some.Noon + TimeSpan.FromHours(2));
    }
}
