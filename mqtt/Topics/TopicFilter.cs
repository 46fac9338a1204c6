namespace ColdChain.Mqtt.Topics;

/// <summary>The rules for topic filters (MQTT 3.1.1 §4.7): what a subscription asks for.</summary>
public static class TopicFilter
{
    /// <summary>
    /// The largest number of levels in a filter. The specification sets none; without one, a filter of 32,768 levels would cost its sender
    /// one packet and us a tree of that depth.
    /// </summary>
    public const int LevelsMax = 200;

    /// <summary>Null when the text is a topic filter; otherwise the reason why it is none.</summary>
    public static string? Fault(string filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return TopicName.CommonFault(filter) ?? LevelsFault(filter);
    }

    /// <summary>
    /// True for a filter of a shared subscription (MQTT 5.0 §4.8.2, also spoken by brokers of 3.1.1), which is not offered.
    /// </summary>
    public static bool IsShared(string filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return filter.StartsWith("$share/", StringComparison.Ordinal);
    }

    /// <summary>
    /// True when a valid filter matches a valid topic name. <c>+</c> stands for one level, <c>#</c> for any number including its parent
    /// level, and neither for a first level that begins with <c>$</c> (§4.7.2).
    /// </summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        if (topic is ['$', ..] && filter is ['+' or '#', ..])
        {
            return false;
        }

        while (true)
        {
            var level = TakeLevel(ref filter, out var filterEnds);
            if (level is "#")
            {
                return true;
            }

            var name = TakeLevel(ref topic, out var topicEnds);
            if (level is not "+" && !level.SequenceEqual(name))
            {
                return false;
            }

            if (topicEnds || filterEnds)
            {
                return topicEnds && (filterEnds || filter is "#");
            }
        }
    }

    private static string? LevelsFault(string filter)
    {
        var rest = filter.AsSpan();
        for (var count = 1; count <= LevelsMax; count++)
        {
            var level = TakeLevel(ref rest, out var ends);
            if (level.Length > 1 && level.ContainsAny('+', '#'))
            {
                return "a wildcard of the topic filter does not stand alone in its level";
            }

            if (level is "#" && !ends)
            {
                return "'#' is not the last level of the topic filter";
            }

            if (ends)
            {
                return null;
            }
        }

        return $"the topic filter has more than {LevelsMax} levels";
    }

    private static ReadOnlySpan<char> TakeLevel(ref ReadOnlySpan<char> rest, out bool ends)
    {
        var slash = rest.IndexOf('/');
        ends = slash < 0;
        var level = ends ? rest : rest[..slash];
        rest = ends ? [] : rest[(slash + 1)..];
        return level;
    }
}
