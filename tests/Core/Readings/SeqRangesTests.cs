using FsCheck;
using FsCheck.Fluent;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Readings;

public class SeqRangesTests
{
    private static readonly Gen<(int First, int Last)> Range =
        from first in Gen.Choose(1, 40)
        from length in Gen.Choose(0, 8)
        select (first, first + length);

    private static readonly Arbitrary<(int First, int Last)[]> Ranges = Gen.ArrayOf(Range).ToArbitrary();

    [Fact]
    public void Set_BuiltFromRanges_HasTheMembersOfAPlainSet() => Prop.ForAll(Ranges, ranges =>
    {
        var (set, model) = (Build(ranges), Model(ranges));
        Enumerable.Range(0, 60).Where(n => set.Contains(n)).Should().Equal(model.Order());
        (set.Count, set.Last, set.IsEmpty).Should().Be((model.Count, model.Count == 0 ? 0 : model.Max(), model.Count == 0));
        set.ContiguousUpTo.Should().Be(Enumerable.Range(1, 60).TakeWhile(model.Contains).LastOrDefault());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void UnionAndExcept_AnySets_AreThoseOfPlainSets() => Prop.ForAll(Ranges, Ranges, (one, other) =>
    {
        var (a, b) = (Build(one), Build(other));
        Members(a.Union(b)).Should().Equal(Model(one).Union(Model(other)).Order());
        Members(a.Except(b)).Should().Equal(Model(one).Except(Model(other)).Order());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lowest_OfAnySet_IsItsBeginning() => Prop.ForAll(Ranges, Gen.Choose(0, 60).ToArbitrary(), (ranges, count) =>
        Members(Build(ranges).Lowest(count)).Should().Equal(Model(ranges).Order().Take(count))).QuickCheckThrowOnFailure();

    [Fact]
    public void Ranges_OfAnySet_AreSortedAndApart() => Prop.ForAll(Ranges, ranges =>
    {
        var set = Build(ranges);
        set.Ranges.Zip(set.Ranges.Skip(1)).All(pair => pair.First.Last + 1 < pair.Second.First).Should().BeTrue();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParse_WrittenFormOfAnySet_IsAnEqualSet() => Prop.ForAll(Ranges, ranges =>
    {
        var set = Build(ranges);
        SeqRanges.TryParse(set.ToString(), out var back).Should().BeTrue();
        back.Should().Be(set);
        back.GetHashCode().Should().Be(set.GetHashCode());
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1-40,42,50-60", "1-40,42,50-60")]
    [InlineData("1-4,5-9", "1-9")]
    [InlineData("7", "7")]
    [InlineData("", "")]
    public void ToString_ParsedText_IsTheShortestForm(string text, string expected)
    {
        SeqRanges.TryParse(text, out var set).Should().BeTrue();
        set.ToString().Should().Be(expected);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("5-4")]
    [InlineData("5,4")]
    [InlineData("1-5,5")]
    [InlineData("1-5,3-9")]
    [InlineData("1-2-3")]
    [InlineData("1,")]
    [InlineData(" 1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("9223372036854775808")]
    public void TryParse_AnyOtherText_IsRefused(string text)
    {
        SeqRanges.TryParse(text, out var set).Should().BeFalse();
        set.Should().Be(SeqRanges.Empty);
    }

    [Fact]
    public void Of_BadRange_Throws()
    {
        var zero = () => SeqRanges.Of(0, 5);
        var reversed = () => SeqRanges.Of(5, 4);
        zero.Should().Throw<ArgumentOutOfRangeException>();
        reversed.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static SeqRanges Build((int First, int Last)[] ranges) =>
        ranges.Aggregate(SeqRanges.Empty, (set, range) => set.Add(range.First, range.Last));

    private static HashSet<int> Model((int First, int Last)[] ranges) =>
        [.. ranges.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1))];

    private static IEnumerable<int> Members(SeqRanges set) => Enumerable.Range(0, 60).Where(n => set.Contains(n));
}
