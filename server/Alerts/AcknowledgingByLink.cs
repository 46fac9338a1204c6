using System.Net;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>What a link of a message stands for.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Incidents">What its message told and is not acknowledged, the most severe first.</param>
internal sealed record LinkedIncidents(AccountRow Account, IReadOnlyList<IncidentRow> Incidents);

/// <summary>
/// Acknowledging by the link of a message, without signing in: whoever holds the telephone at night has no password at hand. The link is the person's,
/// is used once, and only what is sent from its page uses it: a program that opens every link of a mail changes nothing. No limit of attempts stands before
/// it: what it holds cannot be guessed.
/// </summary>
internal sealed class AcknowledgingByLink(RecordStore store, FleetView fleet, Acknowledging acknowledging, TimeProvider clock)
{
    private const string UsualAction = "by the link of a message";

    /// <summary>What a link stands for; null when it is none, was used, is too old, or its person may do nothing any more.</summary>
    public LinkedIncidents? Look(string secret) => store.Read(session => Find(session, secret, Instant.Now(clock)));

    /// <summary>Uses a link.</summary>
    /// <returns>What was acknowledged; null as above.</returns>
    public async Task<LinkedIncidents?> UseAsync(string secret, IPAddress? from, CancellationToken cancellation) => Look(secret) is not { } linked ? null : await store.WriteAsync(
        WritePriority.Decision,
        transaction =>
        {
            var now = Instant.Now(clock);
            if (Find(transaction, secret, now) is not { } found || !AcknowledgementLinkStore.TryUse(transaction, SecretFile.HashOf(secret), now))
            {
                return null;
            }

            foreach (var row in found.Incidents)
            {
                acknowledging.Take(transaction, row.Id, new Saying(found.Account, UsualAction, AcknowledgedBy.Link), now);
            }

            return found;
        },
        cancellation,
        Actor.Person(linked.Account.Name, from));

    private LinkedIncidents? Find(StoreSession session, string secret, Instant now)
    {
        if (AcknowledgementLinkStore.Find(session, SecretFile.HashOf(secret)) is not { UsedAt: null } link || link.ExpiresAt <= now
            || AccountStore.Find(session, link.Account) is not { DisabledAt: null } account)
        {
            return null;
        }

        var rights = Rights.Of(AccountStore.Grants(session, account.Id));
        var told = NotificationStore.OfMessage(session, link.Message).Select(one => one.Incident).Distinct().Select(id => IncidentStore.Find(session, id)).OfType<IncidentRow>();
        return new LinkedIncidents(
            account,
            [
                .. told.Where(row => !row.State.IsClosed && !row.State.IsAcknowledged && rights.Allow(Permission.Acknowledge, fleet.Current.PlaceOf(row.Site)))
                    .OrderByDescending(row => row.State.Severity).ThenBy(row => row.OpenedAt),
            ]);
    }
}
