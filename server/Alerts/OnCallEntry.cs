using System.Net.Mail;
using System.Text.RegularExpressions;
using ColdChain.Core.Alerting;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>A time on call as a person enters it.</summary>
/// <param name="Where">For which sites.</param>
/// <param name="Person">The account's name.</param>
/// <param name="Duty">In which place of the ladder.</param>
/// <param name="From">From when, included.</param>
/// <param name="To">Until when, not included.</param>
internal sealed record NewSlot(Scope Where, string Person, Duty Duty, Instant From, Instant To);

/// <summary>Enters who is on call, and where people are reached.</summary>
internal static partial class OnCallEntry
{
    /// <summary>The longest slot. Chosen by engineers: who is on call for longer is entered again.</summary>
    public static readonly TimeSpan LengthMax = TimeSpan.FromDays(31);

    private const int EmailLengthMax = 254;

    /// <summary>Enters a slot, in the transaction's name.</summary>
    /// <exception cref="RefusalException">There is no such person, he could not acknowledge there, or the times are wrong.</exception>
    public static OnCallSlot Enter(StoreTransaction transaction, FleetHistory fleet, NewSlot slot, string by, Instant now)
    {
        if (slot.To <= slot.From || slot.To <= now || slot.To - slot.From > LengthMax)
        {
            throw new RefusalException(RefusalKind.Invalid, "to", $"{slot.To} is not after the start and the present, or more than {LengthMax.TotalDays:0} days after the start", "correct the times");
        }

        if (slot.Duty == Duty.Everyone)
        {
            throw new RefusalException(RefusalKind.Invalid, "duty", "nobody is on call as everyone", "choose first, second or supervisor");
        }

        var account = Known(transaction, slot.Person);
        var rights = Rights.Of(AccountStore.Grants(transaction, account.Id));
        if (!fleet.Sites.Select(site => fleet.PlaceOf(site.Id)).Where(place => slot.Where.Covers(place)).All(place => rights.Allow(Permission.Acknowledge, place)))
        {
            throw new RefusalException(RefusalKind.Invalid, "person", $"{slot.Person} may not acknowledge at {slot.Where}", "give a role there first, or choose somebody else");
        }

        var entered = OnCallStore.Insert(transaction, new OnCallSlot(0, slot.Where, account.Id, account.Name, slot.Duty, slot.From, slot.To, by), now);
        Tell(transaction, EventKinds.OnCallEntered, entered, now);
        return entered;
    }

    /// <summary>Removes a slot, in the transaction's name.</summary>
    /// <exception cref="RefusalException">There is none.</exception>
    public static void Remove(StoreTransaction transaction, OnCallSlot slot, string by, Instant now)
    {
        OnCallStore.Remove(transaction, slot.Id, by, now);
        Tell(transaction, EventKinds.OnCallRemoved, slot, now);
    }

    /// <summary>A slot that was not removed.</summary>
    /// <exception cref="RefusalException">There is none.</exception>
    public static OnCallSlot Required(StoreSession session, long id) => OnCallStore.Find(session, id)
        ?? throw new RefusalException(RefusalKind.Unknown, "slot", $"there is no slot {id}", "look at the schedule again");

    /// <summary>Says where a person is reached, in the transaction's name. The addresses stand in no event: they are staff data.</summary>
    /// <exception cref="RefusalException">There is no such person, or an address is none.</exception>
    public static void Reach(StoreTransaction transaction, string person, Contact contact, Instant now)
    {
        if (contact.Email is { } email && (email.Length > EmailLengthMax || !MailAddress.TryCreate(email, out var parsed) || parsed.Address != email))
        {
            throw new RefusalException(RefusalKind.Invalid, "email", "it is no address of a mailbox", "write it as name@hospital.example");
        }

        if (contact.Phone is { } phone && !Number().IsMatch(phone))
        {
            throw new RefusalException(RefusalKind.Invalid, "phone", "it is no number of a telephone", "write + and the country, then digits alone, such as +212612345678");
        }

        var account = Known(transaction, person);
        ContactStore.Save(transaction, account.Id, contact);
        EventLog.Append(transaction, now, EventKinds.ContactChanged, null, Actor.Person(account.Name, from: null).Name, new { hasEmail = contact.Email is not null, hasPhone = contact.Phone is not null });
    }

    private static AccountRow Known(StoreSession session, string person) => AccountStore.Find(session, person) is { DisabledAt: null } account
        ? account
        : throw new RefusalException(RefusalKind.Invalid, "person", $"there is no account '{person}' in use", "choose one of the list");

    private static void Tell(StoreTransaction transaction, string kind, OnCallSlot slot, Instant now) => EventLog.Append(
        transaction,
        now,
        kind,
        null,
        slot.Where.ToString(),
        new { slot = slot.Id, person = slot.Name, duty = AlertWords.Of(slot.Duty), from = slot.From.ToString(), to = slot.To.ToString() });

    // ITU-T E.164.
    [GeneratedRegex(@"^\+[1-9][0-9]{5,14}$")]
    private static partial Regex Number();
}
