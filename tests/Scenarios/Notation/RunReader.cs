using ColdChain.Core.Readings;

namespace ColdChain.Scenarios.Tests.Notation;

/// <summary>Reads one run of a course. A run that goes on from the one before asks for where that ended.</summary>
internal sealed class RunReader(IReadOnlyList<Course> before)
{
    private static readonly TimeSpan LagStep = TimeSpan.FromSeconds(1);

    /// <param name="words">What is written.</param>
    /// <param name="every">The interval between samples.</param>
    /// <param name="start">When the run starts.</param>
    /// <param name="last">The temperature before it; null when there is none.</param>
    public Run Read(Words words, TimeSpan every, Instant start, double? last)
    {
        if (words.Accept("ramp"))
        {
            var (a, b, length) = (words.Degrees(), words.Degrees(), LengthOf(words));
            return new Run(length, since => a + ((b - a) * (since / length)), null, b);
        }

        if (words.Accept("exp"))
        {
            return Exponential(words.Degrees(), words);
        }

        if (words.Accept("toward"))
        {
            return Exponential(last ?? throw words.Fault("'toward' goes on from nothing", "Let a run with a temperature stand before it"), words);
        }

        if (words.Accept("follow"))
        {
            return Follow(words, start, last ?? throw words.Fault("'follow' goes on from nothing", "Let a run with a temperature stand before it"));
        }

        if (words.Accept("gap"))
        {
            return new Run(words.Duration(), null, null, last ?? 0);
        }

        if (words.Accept("fault"))
        {
            var reason = words.Next("the reason of the fault");
            return new Run(every * words.Times(), null, reason, last ?? 0);
        }

        if (words.Accept("on"))
        {
            return new Run(LengthOf(words), null, null, last ?? 0) { State = true };
        }

        if (words.Accept("off"))
        {
            return new Run(LengthOf(words), null, null, last ?? 0) { State = false };
        }

        var degrees = words.Degrees();
        return new Run(words.Accept("for") ? words.Duration() : every * words.Times(), _ => degrees, null, degrees);
    }

    /// <summary>Newton's law: from a temperature toward that around it.</summary>
    private static Run Exponential(double from, Words words)
    {
        var (ambient, constant, length) = (words.Degrees(), words.Duration(), LengthOf(words));
        double At(TimeSpan since) => ambient + ((from - ambient) * Math.Exp(-(since / constant)));
        return new Run(length, At, null, At(length));
    }

    /// <summary>What a buffered probe shows when another one shows the air around it.</summary>
    private Run Follow(Words words, Instant start, double from)
    {
        var (air, constant, length) = (words.Probe(), words.Duration(), LengthOf(words));
        var course = before.LastOrDefault(course => course.Probe == air && course.From <= start && course.To >= start + length)
            ?? throw words.Fault($"nothing above says what {air} shows in the whole of that time", "Write its course first");
        var degrees = new List<double> { from };
        for (var since = TimeSpan.Zero; since < length; since += LagStep)
        {
            var around = course.At(start + since) ?? degrees[^1];
            degrees.Add(degrees[^1] + ((around - degrees[^1]) * (LagStep / constant)));
        }

        return new Run(length, since => degrees[(int)(since / LagStep)], null, degrees[^1]);
    }

    private static TimeSpan LengthOf(Words words)
    {
        words.Expect("for", "Say how long it lasts, like: for 8h30m");
        return words.Duration();
    }
}
