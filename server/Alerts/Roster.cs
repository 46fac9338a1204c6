using ColdChain.Core.Alerting;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>Somebody who may be told.</summary>
/// <param name="Account">The account.</param>
/// <param name="Contact">Where the person is reached.</param>
/// <param name="Rights">What the person may do.</param>
internal sealed record Reachable(AccountRow Account, Contact Contact, Rights Rights)
{
    /// <summary>Whether a channel has an address of this person.</summary>
    public bool HasAddress(AlertChannel channel) => AddressOf(channel) is not null;

    /// <summary>The address of this person for a channel; null for none.</summary>
    public string? AddressOf(AlertChannel channel) => channel switch
    {
        AlertChannel.Email => Contact.Email,
        AlertChannel.Sms or AlertChannel.Voice => Contact.Phone,
        _ => null,
    };
}

/// <summary>Who is there at a moment, read once for many incidents. It lasts as long as its session does.</summary>
internal sealed class Roster(StoreSession session, Instant now)
{
    private readonly Dictionary<long, Reachable?> _people = [];
    private readonly List<OnCallSlot> _slots = OnCallStore.EndingAfter(session, now).FindAll(slot => slot.Covers(now));
    private List<long>? _all;

    /// <summary>A person; null when there is no such account.</summary>
    public Reachable? Find(long account) => _people.TryGetValue(account, out var known) ? known : _people[account] = Read(account);

    /// <summary>
    /// Whom a step is for at a place. When nobody has the duty, whoever has another one; when nobody is on call at all, everybody who may acknowledge
    /// there: an empty schedule must not be silence.
    /// </summary>
    /// <param name="who">The duties of the step; empty for nobody in person.</param>
    /// <param name="place">The place; null for what belongs to no site.</param>
    /// <returns>The people, and whether they stand in for nobody.</returns>
    public (IReadOnlyList<Reachable> People, bool IsStandIn) Of(IReadOnlyList<Duty> who, Place? place)
    {
        if (who.Count == 0)
        {
            return ([], false);
        }

        if (who.Contains(Duty.Everyone))
        {
            return ([.. Everyone(place).Union(OnCall(place, _ => true))], false);
        }

        var meant = OnCall(place, who.Contains);
        var others = meant.Count > 0 ? meant : OnCall(place, _ => true);
        return others.Count > 0 ? (others, false) : (Everyone(place), true);
    }

    private List<Reachable> OnCall(Place? place, Func<Duty, bool> isMeant) =>
        [.. _slots.Where(slot => isMeant(slot.Duty) && slot.Where.Covers(place)).Select(slot => Find(slot.Account)).OfType<Reachable>().Distinct().Where(one => one.Account.DisabledAt is null)];

    private List<Reachable> Everyone(Place? place) =>
        [.. All().Select(Find).OfType<Reachable>().Where(one => one.Account.DisabledAt is null && (one.Contact.Email ?? one.Contact.Phone) is not null && one.Rights.Allow(Permission.Acknowledge, place))];

    private List<long> All() => _all ??= AccountStore.All(session).ConvertAll(account => account.Id);

    private Reachable? Read(long id) => AccountStore.Find(session, id) is { } account
        ? new Reachable(account, ContactStore.Of(session, id), Rights.Of(AccountStore.Grants(session, id)))
        : null;
}
