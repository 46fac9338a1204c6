namespace ColdChain.Torture.Tests.Kills;

/// <summary>What may die.</summary>
internal enum Part
{
    Edge,
    Server,
    Broker,
    Influx,
}

/// <summary>Something that happens to a part: it dies, or is started again.</summary>
/// <param name="After">How long after the recording began to arrive.</param>
/// <param name="Part">The part.</param>
/// <param name="IsDeath">True when it is killed, false when it is started again.</param>
internal readonly record struct KillStep(TimeSpan After, Part Part, bool IsDeath);

/// <summary>
/// Deaths at random moments that a seed decides. Each part dies on its own, once at the least: while others are dead, and sometimes again
/// while it is still starting.
/// </summary>
internal static class KillPlan
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstDeathAtMost = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DeadAtMost = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan AliveAtLeast = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan AliveAtMost = TimeSpan.FromSeconds(7);

    /// <summary>The steps of a seed, in order; every part is alive after the last.</summary>
    public static IReadOnlyList<KillStep> Of(int seed)
    {
        var random = new Random(seed);
        return [.. new[] { Part.Edge, Part.Server, Part.Broker }.SelectMany(part => Of(part, random)).OrderBy(step => step.After)];
    }

    private static IEnumerable<KillStep> Of(Part part, Random random)
    {
        var at = Between(TimeSpan.Zero, FirstDeathAtMost);
        while (at < Length)
        {
            yield return new KillStep(at, part, IsDeath: true);
            at += Between(TimeSpan.Zero, DeadAtMost);
            yield return new KillStep(at, part, IsDeath: false);
            at += Between(AliveAtLeast, AliveAtMost);
        }

        TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * random.NextDouble());
    }
}
