using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors;

/// <summary>
/// Where the samples of one probe come from. A kind of sensor is one implementation and one line in <see cref="SensorKinds"/>.
/// </summary>
internal interface IReadingSource
{
    /// <summary>The probe that is read.</summary>
    ProbeId Probe { get; }

    /// <summary>How far apart its samples are while all is well; zero for a source that does not keep to a clock.</summary>
    TimeSpan Interval { get; }

    /// <summary>
    /// The samples in the order of their instants. A source that can go back in time (a recording, a generated history) continues behind
    /// <paramref name="newest"/>, so that a restart repeats nothing. Samples that are there without waiting are yielded without waiting:
    /// the agent stores them in one transaction. The stream ends when the source has no more; a probe's fault is a sample, not an
    /// exception.
    /// </summary>
    IAsyncEnumerable<ProbeSample> ReadAsync(StoredSample? newest, CancellationToken cancellation);
}

/// <summary>The newest sample of a probe that the outbox has.</summary>
/// <param name="At">Its instant.</param>
/// <param name="Value">Its temperature; null for a fault.</param>
internal sealed record StoredSample(Instant At, Celsius? Value);
