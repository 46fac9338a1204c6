using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Topics;
using FsCheck;
using FsCheck.Fluent;

namespace ColdChain.Mqtt.Tests.Topics;

public sealed class SubscriptionTreeTests
{
    private static readonly Gen<string> Level = Gen.Elements("a", "b", "", "$c");

    private static readonly Gen<string> FilterLevel = Gen.Elements("a", "b", "", "$c", "+", "#");

    private readonly SubscriptionTree<string> tree = new();

    [Fact]
    public void Tree_AgreesWithThePlainMatch_WhateverWasAddedAndRemoved()
    {
        var filters = Gen.ListOf(Gen.NonEmptyListOf(FilterLevel).Select(levels => string.Join('/', levels)))
            .Select(list => list.Where(filter => TopicFilter.Fault(filter) is null).ToList());
        var topics = Gen.NonEmptyListOf(Level).Select(levels => string.Join('/', levels)).Where(topic => topic.Length > 0);
        Prop.ForAll(filters.ToArbitrary(), topics.ToArbitrary(), (given, topic) =>
        {
            var tested = new SubscriptionTree<string>();
            given.ForEach(filter => tested.Add(filter, filter, QualityOfService.AtLeastOnce));
            var removed = given.Where((_, index) => index % 3 == 0).ToHashSet();
            foreach (var filter in removed)
            {
                tested.Remove(filter, filter);
            }

            tested.Match(topic).Keys.Should().BeEquivalentTo(given.Distinct().Except(removed).Where(filter => TopicFilter.Matches(filter, topic)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Match_OfOverlappingFilters_GivesTheSubscriberOnce_WithTheHighestQuality()
    {
        tree.Add("a/+", "me", QualityOfService.AtMostOnce);
        tree.Add("a/b", "me", QualityOfService.AtLeastOnce);
        tree.Add("#", "me", QualityOfService.AtMostOnce);

        tree.Match("a/b").Should().Equal(new Dictionary<string, QualityOfService> { ["me"] = QualityOfService.AtLeastOnce });
        tree.Match("a/c").Should().Equal(new Dictionary<string, QualityOfService> { ["me"] = QualityOfService.AtMostOnce });
    }

    [Fact]
    public void Add_OfTheSameFilterAgain_ReplacesTheQuality()
    {
        tree.Add("a", "me", QualityOfService.AtLeastOnce);
        tree.Add("a", "me", QualityOfService.AtMostOnce);
        tree.Match("a")["me"].Should().Be(QualityOfService.AtMostOnce);
    }

    [Fact]
    public void Remove_OfOneSubscriber_LeavesTheOthers()
    {
        tree.Add("a/b", "me", default);
        tree.Add("a/b", "you", default);
        tree.Add("a", "me", default);

        tree.Remove("a/b", "me");
        tree.Remove("a/b", "nobody");
        tree.Remove("x/y", "me");

        tree.Match("a/b").Keys.Should().Equal("you");
        tree.Match("a").Keys.Should().Equal("me");
    }

    [Fact]
    public void Topic_OfMoreLevelsThanAnyFilter_DoesNotHurt()
    {
        tree.Add("#", "me", default);
        tree.Match(new string('/', 65_535)).Keys.Should().Equal("me");
    }
}
