using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors;

namespace ColdChain.Simulation.Tests.Truth;

/// <summary>What a probe does in place of measuring.</summary>
internal enum SensorFault
{
    None,

    /// <summary>It does not answer.</summary>
    NoAnswer,

    /// <summary>It answers with the value of its power-on, which its driver knows and gives as a fault with the raw frame.</summary>
    PowerOn,

    /// <summary>It gives that value as if it were a temperature, for as many samples as <see cref="ProbeTruth.Lies"/> says.</summary>
    Placeholder,

    /// <summary>It gives a temperature far from the true one, for as many samples.</summary>
    Leap,
}

/// <summary>A probe and what it is in.</summary>
internal sealed class ProbeTruth(ProbeId id, TemperatureCourse course, Pace pace) : ISampled
{
    private const string PowerOnFrame = "UAVLRn__DBAc";
    private const int PlaceholderMilli = 85_000;
    private const int LeapMilli = 30_000;

    private readonly List<(Instant From, TemperatureCourse Course)> _courses = [(Instant.Beginning, course)];

    public ProbeId Id => id;

    public TimeSpan Interval => pace.Interval;

    /// <summary>What is wrong with it now.</summary>
    public SensorFault Fault { get; set; }

    /// <summary>How many samples a lie lasts.</summary>
    public int Lies { get; set; }

    /// <summary>What it is in at an instant.</summary>
    public TemperatureCourse CourseAt(Instant at) => _courses.FindLast(entry => entry.From <= at).Course;

    /// <summary>It is put somewhere else.</summary>
    public void Move(Instant at, TemperatureCourse elsewhere) => _courses.Add((at, elsewhere));

    public bool HasEnded { get; set; }

    public TimeSpan UntilNext(Instant now, TimeSpan elapsed) => pace.UntilNext(elapsed);

    public ProbeSample Read(Instant now)
    {
        var milli = CourseAt(now).At(now);
        return Fault switch
        {
            SensorFault.NoAnswer => ProbeSample.Faulty(id, null, "no-answer"),
            SensorFault.PowerOn => ProbeSample.Faulty(id, null, "power-on", PowerOnFrame),
            SensorFault.Placeholder => Lie(PlaceholderMilli),
            SensorFault.Leap => Lie(milli + LeapMilli),
            _ => ProbeSample.Good(id, null, Celsius.FromMilli(milli)),
        };
    }

    private ProbeSample Lie(int milli)
    {
        Fault = --Lies > 0 ? Fault : SensorFault.None;
        return ProbeSample.Good(id, null, Celsius.FromMilli(milli));
    }
}
