using ColdChain.Core.Readings;

namespace ColdChain.Core.Alerting;

/// <summary>What a look at something that is watched has shown.</summary>
/// <param name="At">When.</param>
/// <param name="Fault">What is wrong, as a sentence; null when it is well.</param>
public readonly record struct Sight(Instant At, string? Fault);

/// <summary>What the watcher says after a look.</summary>
public enum Cry
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>That it is not well, for the first time.</summary>
    Alarm,

    /// <summary>That it still is not.</summary>
    Again,

    /// <summary>That it is well again.</summary>
    Over,
}

/// <summary>
/// When somebody who watches from outside cries out. Nobody acknowledges to a watcher: it repeats until what it watches is well again, and says so once.
/// </summary>
/// <param name="BadSince">Since when it is not well; null while it is.</param>
/// <param name="ToldAt">When that was told last; null when it was not.</param>
public sealed record Vigil(Instant? BadSince, Instant? ToldAt)
{
    /// <summary>All was well.</summary>
    public static readonly Vigil Well = new(null, null);

    /// <summary>Takes a look in.</summary>
    /// <param name="sight">What it has shown.</param>
    /// <param name="lateAfter">For how long it may be unwell before that is told, inclusive: a restart is no alarm.</param>
    /// <param name="repeatEvery">How often it is told again.</param>
    public (Vigil Next, Cry Cry) Look(Sight sight, TimeSpan lateAfter, TimeSpan repeatEvery)
    {
        if (sight.Fault is null)
        {
            return (Well, ToldAt is null ? Cry.None : Cry.Over);
        }

        var since = BadSince ?? sight.At;
        return ToldAt switch
        {
            null when sight.At - since > lateAfter => (new Vigil(since, sight.At), Cry.Alarm),
            { } told when sight.At - told >= repeatEvery => (new Vigil(since, sight.At), Cry.Again),
            _ => (this with { BadSince = since }, Cry.None),
        };
    }
}
