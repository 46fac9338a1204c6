namespace ColdChain.Server.Api;

/// <summary>One thing without which the server does not do its work.</summary>
/// <param name="Name">What was looked at, as programs know it.</param>
/// <param name="Reason">Why it is not well, as a sentence; null when it is.</param>
/// <param name="AgeSeconds">How long ago it last did its work; null where that says nothing.</param>
/// <param name="AtMostSeconds">The age from which it is not well; null as the age is.</param>
internal sealed record HealthCheck(string Name, string? Reason, long? AgeSeconds = null, long? AtMostSeconds = null)
{
    /// <summary>A part that has to do its work again and again.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="age">How long ago it did.</param>
    /// <param name="atMost">The longest age, inclusive, at which it is well.</param>
    /// <param name="reason">What to say when it is not.</param>
    public static HealthCheck OfAge(string name, TimeSpan age, TimeSpan atMost, string reason) =>
        new(name, age <= atMost ? null : reason, (long)age.TotalSeconds, (long)atMost.TotalSeconds);

    /// <summary>Something that is well or not.</summary>
    public static HealthCheck Of(string name, bool isGood, string reason) => new(name, isGood ? null : reason);
}
