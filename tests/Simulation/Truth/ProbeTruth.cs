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
}

/// <summary>A probe and what it is in.</summary>
internal sealed class ProbeTruth(ProbeId id, TemperatureCourse course, TimeSpan interval, TimeSpan phase)
{
    private const string PowerOnFrame = "UAVLRn__DBAc";

    public ProbeId Id => id;

    public TimeSpan Interval => interval;

    /// <summary>How far its samples lie from whole multiples of the interval.</summary>
    public TimeSpan Phase => phase;

    /// <summary>What is wrong with it now.</summary>
    public SensorFault Fault { get; set; }

    /// <summary>True when the run is at its end: it is not read any more.</summary>
    public bool HasEnded { get; set; }

    public ProbeSample Read(Instant now) => Fault switch
    {
        SensorFault.NoAnswer => ProbeSample.Faulty(id, null, "no-answer"),
        SensorFault.PowerOn => ProbeSample.Faulty(id, null, "power-on", PowerOnFrame),
        _ => ProbeSample.Good(id, null, Celsius.FromMilli(course.At(now))),
    };
}
