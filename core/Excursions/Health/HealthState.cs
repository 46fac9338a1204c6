using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions.Health;

/// <summary>A <see cref="HealthTrack"/> while it is worked on: its parts change many times a second, each by itself.</summary>
internal struct HealthState(in HealthTrack track)
{
    public SpikeTrack Spike = track.Spike;
    public RunTrack Run = track.Run;
    public MoveTrack Move = track.Move;
    public DayTrack Day = track.Day;
    public DriftTrack Drift = track.Drift;
    public Instant ApartFrom = track.ApartFrom;
    public FaultTrack Faults = track.Faults;

    public readonly HealthTrack ToTrack() => new(Spike, Run, Move, Day, Drift, ApartFrom) { Faults = Faults };
}
