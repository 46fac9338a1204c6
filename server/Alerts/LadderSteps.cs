using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>
/// Takes the steps that are due: decides for each person and channel, stores each decision with its reason, and moves the incident on, in one
/// transaction. What is told again and again is so by new steps, each with its own deadline.
/// </summary>
internal sealed class LadderSteps(FleetHistory fleet, AlertOptions options)
{
    private static readonly AlertChannel[] OfPeople = [AlertChannel.Sms, AlertChannel.Email, AlertChannel.Voice];

    private const int OvertakenMax = 12;

    private readonly Incidents _incidents = new(fleet, options);

    /// <summary>Takes what is due of an incident, which is read anew: somebody may have acknowledged it since it was looked for.</summary>
    public void Take(StoreTransaction transaction, long incident, Roster roster, Instant now)
    {
        if (IncidentStore.Find(transaction, incident) is not { State.IsClosed: false } row || !(row.NextAt <= now))
        {
            return;
        }

        if (row.State.Expire(now) is var expired && expired != row.State)
        {
            row = row with { State = expired };
            Incidents.Tell(transaction, EventKinds.AcknowledgementExpired, row, now);
        }

        var ladder = _incidents.LadderOf(row);
        if (!row.State.IsAcknowledged && ladder.LatestDue(row.State.RoundFrom, row.State.NextStep, now) is { } due)
        {
            // What a stopped server has missed is told by the latest step alone; that others were overtaken is noted, of the latest ones.
            for (var step = Math.Max(row.State.NextStep, due - OvertakenMax); step <= due; step++)
            {
                Decide(transaction, row, new DueStep(ladder, step, now), roster);
            }

            row = row with { State = row.State.Step(due) };
        }

        _incidents.Save(transaction, row, now);
    }

    private void Decide(StoreTransaction transaction, IncidentRow row, DueStep due, Roster roster)
    {
        var step = due.Ladder.Step(due.Index);
        var isShelved = AcknowledgementStore.ShelvingsOf(transaction, row.Id).Exists(shelving => shelving.Covers(row.State.Severity, due.Now));
        var asked = new SendQuestion { Incident = row.State, Ladder = due.Ladder, Step = due.Index, Channel = default, Now = due.Now, IsShelved = isShelved };
        List<(long Account, AlertChannel Channel, SendDecision Decision)> decided =
        [
            .. step.By.Except(OfPeople).Select(channel => (0L, channel, SendDecision.Of(asked with { Channel = channel, HasChannel = options.Has(channel) }))),
            .. OfEachPerson(step, asked, roster, row),
        ];
        var stored = decided.ConvertAll(one => (one.Decision, Row: NotificationStore.TryInsert(
            transaction, new NotificationRow(0, row.Id, row.State.Round, due.Index, one.Account, one.Channel, one.Decision, due.Now))));
        Incidents.Tell(transaction, EventKinds.LadderStep, row, due.Now, new
        {
            step = due.Index,
            told = stored.Count(one => one.Decision.IsSent && one.Row is not null),
            reasons = stored.CountBy(one => AlertWords.Of(one.Row is null ? SendReason.AlreadyTold : one.Decision.Reason)).ToDictionary(),
        });
    }

    private IEnumerable<(long Account, AlertChannel Channel, SendDecision Decision)> OfEachPerson(LadderStep step, SendQuestion asked, Roster roster, IncidentRow row)
    {
        var channels = step.By.Intersect(OfPeople).ToList();
        var (people, isStandIn) = roster.Of(step.Who, fleet.PlaceOf(row.Site));
        foreach (var person in people)
        {
            var question = asked with { IsStandIn = isStandIn, IsDisabled = person.Account.DisabledAt is not null };
            foreach (var channel in channels)
            {
                yield return (person.Account.Id, channel, SendDecision.Of(question with { Channel = channel, HasChannel = options.Has(channel), HasAddress = person.HasAddress(channel) }));
            }

            if (!channels.Exists(Reaches) && OfPeople.Except(channels).FirstOrDefault(Reaches, AlertChannel.Annunciator) is var other and not AlertChannel.Annunciator)
            {
                yield return (person.Account.Id, other, SendDecision.Of(question with { Channel = other, IsReachedByStep = false }));
            }

            bool Reaches(AlertChannel channel) => options.Has(channel) && person.HasAddress(channel);
        }
    }

    private readonly record struct DueStep(Ladder Ladder, int Index, Instant Now);
}
