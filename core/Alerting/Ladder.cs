using ColdChain.Core.Readings;

namespace ColdChain.Core.Alerting;

/// <summary>Who is meant by a step, whoever that is at the time.</summary>
public enum Duty
{
    /// <summary>Whoever is on duty first.</summary>
    First,

    /// <summary>Whoever is on duty behind the first.</summary>
    Second,

    /// <summary>Whoever answers for both.</summary>
    Supervisor,

    /// <summary>Everybody who may acknowledge there and can be reached.</summary>
    Everyone,
}

/// <summary>By which way an alert goes. Open pages are no channel: they always show what is not acknowledged.</summary>
public enum AlertChannel
{
    /// <summary>Light and sound at the site, through its devices.</summary>
    Annunciator,

    /// <summary>A short message to a telephone.</summary>
    Sms,

    /// <summary>A call to a telephone.</summary>
    Voice,

    /// <summary>Mail.</summary>
    Email,

    /// <summary>Another program, by a signed request.</summary>
    Webhook,
}

/// <summary>What is done at one moment of a round.</summary>
/// <param name="After">How long after the beginning of the round; not negative.</param>
/// <param name="Who">Whom it is for. A later step names those of the earlier ones as well: then a missed step costs nobody his message. Empty for nobody in person.</param>
/// <param name="By">The channels. Whom none of them reaches is told by any that does.</param>
public sealed record LadderStep(TimeSpan After, IReadOnlyList<Duty> Who, IReadOnlyList<AlertChannel> By);

/// <summary>
/// How an incident is told while nobody acknowledges it: step by step, and after the last one again and again, for ever. All deadlines are
/// absolute, counted from the beginning of the round, so that a restart changes none.
/// </summary>
/// <param name="Steps">The steps, at least one, by time.</param>
/// <param name="RepeatEvery">After how long the last step is repeated, each time anew; above zero.</param>
public sealed record Ladder(IReadOnlyList<LadderStep> Steps, TimeSpan RepeatEvery)
{
    private static readonly AlertChannel[] Phones = [AlertChannel.Sms, AlertChannel.Voice];
    private static readonly AlertChannel[] Written = [AlertChannel.Sms, AlertChannel.Email];
    private static readonly AlertChannel[] OnSite = [AlertChannel.Annunciator, AlertChannel.Webhook, .. Written];

    /// <summary>For what is critical. The times are those of an engineer, to be ratified by whoever runs the site.</summary>
    public static Ladder Critical { get; } = new(
        [
            new(TimeSpan.Zero, [Duty.First], OnSite),
            new(TimeSpan.FromMinutes(5), [Duty.First], [AlertChannel.Voice]),
            new(TimeSpan.FromMinutes(10), [Duty.First, Duty.Second], Phones),
            new(TimeSpan.FromMinutes(20), [Duty.First, Duty.Second, Duty.Supervisor], [.. Written, AlertChannel.Webhook]),
            new(TimeSpan.FromMinutes(30), [Duty.Everyone], [.. Written, AlertChannel.Voice, AlertChannel.Webhook]),
        ],
        TimeSpan.FromMinutes(15));

    /// <summary>For what is a warning: slower, without calls.</summary>
    public static Ladder Warning { get; } = new(
        [
            new(TimeSpan.Zero, [Duty.First], [AlertChannel.Webhook, .. Written]),
            new(TimeSpan.FromMinutes(15), [Duty.First, Duty.Second], Written),
            new(TimeSpan.FromMinutes(45), [Duty.First, Duty.Second, Duty.Supervisor], Written),
        ],
        TimeSpan.FromHours(1));

    /// <summary>For what can wait for the day: mail, once a day.</summary>
    public static Ladder Advisory { get; } = new([new(TimeSpan.Zero, [Duty.First], [AlertChannel.Email, AlertChannel.Webhook])], TimeSpan.FromDays(1));

    /// <summary>The ladder that comes with the product.</summary>
    /// <param name="severity">Of what.</param>
    public static Ladder Of(Severity severity) => severity switch
    {
        Severity.Critical => Critical,
        Severity.Warning => Warning,
        _ => Advisory,
    };

    /// <summary>How long after the beginning of a round a step is due; those beyond the last one are its repetitions.</summary>
    /// <param name="index">The step, from 0 on.</param>
    public TimeSpan After(int index) => index < Steps.Count ? Steps[index].After : Steps[^1].After + (RepeatEvery * (index - Steps.Count + 1));

    /// <summary>What is done at a step; a repetition does what the last one does.</summary>
    /// <param name="index">The step, from 0 on.</param>
    public LadderStep Step(int index) => Steps[Math.Min(index, Steps.Count - 1)];

    /// <summary>The latest step that is due; null when none is.</summary>
    /// <param name="from">The beginning of the round.</param>
    /// <param name="next">The earliest that was not taken yet.</param>
    /// <param name="now">The present.</param>
    public int? LatestDue(Instant from, int next, Instant now)
    {
        if (from + After(next) > now)
        {
            return null;
        }

        var last = Math.Max(next, Steps.Count - 1);
        if (from + After(last) <= now)
        {
            return last + (int)((now - (from + After(last))) / RepeatEvery);
        }

        while (from + After(last) > now)
        {
            last--;
        }

        return last;
    }
}
