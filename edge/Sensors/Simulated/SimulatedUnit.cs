using System.Collections.Immutable;
using ColdChain.Core.Readings;
using ColdChain.Core.Signals;

namespace ColdChain.Edge.Sensors.Simulated;

/// <summary>
/// A storage unit that exists only as numbers: parameters, a seed, and what happens to it. The sources of its probes run the same model
/// over the same happenings, so that air and load belong together. Happenings may be added at any time, from any thread; one that begins
/// before the instant a source has already reached takes effect from that instant on.
/// </summary>
internal sealed class SimulatedUnit(ModelParameters parameters, int seed, params IEnumerable<Happening> script)
{
    private const int DoorChannel = 1;
    private const int DefrostChannel = 2;
    private const int SensorChannel = 3;

    private readonly CounterNoise _noise = new(seed);
    private ImmutableArray<Happening> _script = [.. script];

    public ModelParameters Parameters { get; } = parameters;

    public void OpenDoor(Instant from, TimeSpan duration) => Add(new Happening.DoorOpen(from, from + duration));

    public void FailDrive(Instant from, Instant until) => Add(new Happening.DriveFailure(from, until));

    public void FailMains(Instant from, TimeSpan duration) => Add(new Happening.MainsFailure(from, from + duration));

    public void StopAgitation(Instant from, TimeSpan duration) => Add(new Happening.AgitationStop(from, from + duration));

    public void FailProbe(ProbeRole role, Instant from, TimeSpan duration, string reason, string? rawFrame = null) =>
        Add(new Happening.ProbeFault(role, from, from + duration, reason, rawFrame));

    public void Add(Happening happening) => ImmutableInterlocked.Update(ref _script, (script, added) => script.Add(added), happening);

    /// <summary>What acts on the unit at an instant.</summary>
    public ModelInputs InputsAt(Instant at)
    {
        var script = _script;
        return new ModelInputs(
            AmbientAt(at),
            IsEverydayOpening(at) || Happens<Happening.DoorOpen>(script, at),
            IsDefrosting(at),
            Happens<Happening.DriveFailure>(script, at) || Happens<Happening.MainsFailure>(script, at));
    }

    /// <summary>Whether a signal of the unit is on at an instant.</summary>
    public bool IsOn(SignalKind signal, Instant at)
    {
        var script = _script;
        return signal switch
        {
            SignalKind.Door => IsEverydayOpening(at) || Happens<Happening.DoorOpen>(script, at),
            SignalKind.Mains => !Happens<Happening.MainsFailure>(script, at),
            SignalKind.Agitation => !Happens<Happening.MainsFailure>(script, at) && !Happens<Happening.AgitationStop>(script, at),
            _ => throw new ArgumentOutOfRangeException(nameof(signal)),
        };
    }

    /// <summary>What a probe in that state answers, with noise and in the sensor's steps.</summary>
    public ProbeSample Sample(ProbeId probe, ProbeRole role, Instant at, ModelState state)
    {
        foreach (var happening in _script)
        {
            if (happening is Happening.ProbeFault fault && fault.Role == role && fault.Covers(at))
            {
                return ProbeSample.Faulty(probe, at, fault.Reason, fault.RawFrame);
            }
        }

        var exact = role == ProbeRole.Load ? state.Load : state.Air;
        var noisy = exact + (Parameters.SensorNoise * _noise.Normal(SensorChannel + (int)role, at.Milliseconds));
        var stepped = Math.Round(noisy / Parameters.SensorResolution) * Parameters.SensorResolution;
        return ProbeSample.Good(probe, at, Celsius.FromMilli((int)Math.Round(stepped * 1000, MidpointRounding.AwayFromZero)));
    }

    private double AmbientAt(Instant at)
    {
        const double warmestHour = 15;
        var hour = at.ToDateTimeOffset().TimeOfDay.TotalHours;
        return Parameters.AmbientCelsius + (Parameters.AmbientSwing * Math.Cos((hour - warmestHour) / 24 * Math.Tau));
    }

    private bool IsEverydayOpening(Instant at)
    {
        var (minute, millisecond) = Math.DivRem(at.Milliseconds, 60_000);
        return millisecond < Parameters.DoorOpeningLasts.TotalMilliseconds
            && _noise.Uniform(DoorChannel, minute) < Parameters.DoorOpeningsPerHour / 60;
    }

    private bool IsDefrosting(Instant at)
    {
        var period = (long)Parameters.DefrostEvery.TotalMilliseconds;
        if (period == 0)
        {
            return false;
        }

        var phase = (long)(_noise.Uniform(DefrostChannel, 0) * period);
        return (at.Milliseconds + phase) % period < Parameters.DefrostFor.TotalMilliseconds;
    }

    private static bool Happens<T>(ImmutableArray<Happening> script, Instant at)
        where T : Happening
    {
        foreach (var happening in script)
        {
            if (happening is T && happening.Covers(at))
            {
                return true;
            }
        }

        return false;
    }
}
