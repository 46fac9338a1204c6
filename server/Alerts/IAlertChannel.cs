using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Alerts;

/// <summary>A message, ready to be handed over.</summary>
/// <param name="Id">Its number: the same at each attempt.</param>
/// <param name="To">The address or number of the person; empty for a channel that goes to nobody in person.</param>
/// <param name="Subject">Its subject in one line.</param>
/// <param name="Text">Its text, as long as the channel bears.</param>
/// <param name="Incidents">What it tells, the worst first.</param>
/// <param name="At">The time of this attempt.</param>
internal sealed record AlertMessage(long Id, string To, string Subject, string Text, IReadOnlyList<ToldIncident> Incidents, Instant At);

/// <summary>An incident as a message tells it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Cause">Its cause, in the words that are stored.</param>
/// <param name="Severity">How severe it is.</param>
/// <param name="Site">The id of its site; empty for none.</param>
/// <param name="Unit">Its storage unit; null for none.</param>
/// <param name="Since">Since when.</param>
internal sealed record ToldIncident(long Id, string Cause, Severity Severity, string Site, string? Unit, Instant Since);

/// <summary>What a channel says of an attempt.</summary>
/// <param name="Outcome">Roughly.</param>
/// <param name="Detail">In words, without secrets.</param>
internal readonly record struct ChannelAnswer(SendOutcome Outcome, string Detail);

/// <summary>A way by which people are told. It may be slow, fail and lie: whoever uses it gives it a limit of time and believes none of its words to be more than words.</summary>
internal interface IAlertChannel
{
    /// <summary>Which one it is.</summary>
    AlertChannel Kind { get; }

    /// <summary>Hands a message over.</summary>
    /// <exception cref="Exception">Anything: then nobody knows whether it was taken.</exception>
    Task<ChannelAnswer> SendAsync(AlertMessage message, CancellationToken cancellation);
}
