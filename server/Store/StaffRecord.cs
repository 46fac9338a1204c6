using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>All that the store holds about one person, for that person, or for whoever has a right to it. No secret is among it.</summary>
/// <param name="Name">The account's name.</param>
/// <param name="Display">The name for people; empty once it was removed.</param>
/// <param name="Language">The language of the pages.</param>
/// <param name="CreatedAt">When the account was added.</param>
/// <param name="DisabledAt">Since when it is disabled; null while it is not.</param>
/// <param name="HasSecondFactor">Whether a second factor is confirmed.</param>
/// <param name="Grants">What is granted, such as <c>technician at site:depot-1</c>.</param>
/// <param name="Sessions">Where the person is signed in, or was when nobody had cleared up yet.</param>
/// <param name="Did">The events of what the person did, in order.</param>
/// <param name="About">The events of what was done to the account, in order.</param>
internal sealed record StaffRecord(
    string Name, string Display, string Language, Instant CreatedAt, Instant? DisabledAt, bool HasSecondFactor, IReadOnlyList<string> Grants, IReadOnlyList<SessionRow> Sessions,
    IReadOnlyList<EventRow> Did, IReadOnlyList<EventRow> About)
{
    /// <summary>Where alerts reach the person.</summary>
    public Contact Contact { get; init; } = Contact.None;

    /// <summary>When the person was or is on call, such as <c>first at site:depot-1, 2026-11-22T20:00:00.000Z to …</c>.</summary>
    public IReadOnlyList<string> OnCall { get; init; } = [];

    /// <summary>Reads it; null when there is no such account.</summary>
    public static StaffRecord? Of(StoreSession session, string name) => AccountStore.Find(session, name) is not { } account
        ? null
        : new StaffRecord(
            account.Name,
            account.Display,
            account.Language,
            account.CreatedAt,
            account.DisabledAt,
            account.TotpSecret is not null,
            [.. AccountStore.Grants(session, account.Id).Select(grant => $"{RoleWords.Of(grant.Role)} at {grant.Where}")],
            SessionStore.OfAccount(session, account.Id),
            EventLog.By(session, Actor.Person(name, from: null).Name),
            EventLog.About(session, Actor.Person(name, from: null).Name))
        {
            Contact = ContactStore.Of(session, account.Id),
            OnCall = [.. OnCallStore.OfAccount(session, account.Id).Select(slot => $"{slot.Duty} at {slot.Where}, {slot.From} to {slot.To}")],
        };
}
