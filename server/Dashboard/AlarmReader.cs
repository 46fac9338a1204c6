using ColdChain.Core.Alerting;
using ColdChain.Core.Excursions;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard;

/// <summary>Reads what goes on or nobody has acknowledged: the alarm list, and one incident with all of it.</summary>
internal sealed class AlarmReader(RecordStore store, FleetView fleet, Forecasts forecasts)
{
    private const int MessagesMax = 50;
    private const int DecisionsMax = 500;
    private const string OfFinding = "finding";

    /// <summary>All that a caller sees: what nobody has acknowledged first, then the most severe, then the oldest.</summary>
    public IReadOnlyList<AlarmView> Read(Caller caller, Instant now) => store.Read(session =>
    {
        var shelved = AcknowledgementStore.ShelvingsAt(session, now).ToLookup(shelving => shelving.Incident);
        return IncidentStore.NotClosed(session)
            .Where(row => caller.SeesAllOf(fleet.Current, row.Site))
            .Select(row => AlarmOf(session, row, shelved[row.Id], now))
            .OrderBy(alarm => alarm.Owner is not null || alarm.ShelvedUntil is not null)
            .ThenByDescending(alarm => alarm.Severity)
            .ThenBy(alarm => alarm.Since)
            .ThenBy(alarm => alarm.Id)
            .ToList();
    });

    /// <summary>Some incidents, in their order.</summary>
    public IReadOnlyList<AlarmView> Read(IEnumerable<long> incidents, Instant now) => store.Read(session =>
        incidents.Select(id => IncidentStore.Find(session, id)).OfType<IncidentRow>().Select(row => AlarmOf(session, row, AcknowledgementStore.ShelvingsOf(session, row.Id), now)).ToList());

    /// <summary>One incident; null when there is none of that id.</summary>
    public IncidentView? Read(long id, Caller caller, TimeSpan lasts, Instant now) => store.Read(session =>
    {
        if (IncidentStore.Find(session, id) is not { } row)
        {
            return null;
        }

        var shelvings = AcknowledgementStore.ShelvingsOf(session, id);
        return new IncidentView
        {
            Alarm = AlarmOf(session, row, shelvings, now),
            Members = [.. IncidentStore.Members(session, id).Select(member => MemberOf(session, member, now)).OrderByDescending(member => member.GoesOn).ThenBy(member => member.Urgency).ThenBy(member => member.Since)],
            Acknowledgements = [.. AcknowledgementStore.OfIncident(session, id).Select(said => new AcknowledgementView(said.Account, said.At, said.Until, said.Action))],
            Shelvings = [.. shelvings.Select(shelving => new ShelvingView(shelving.Id, shelving.Reason, shelving.Shelving, shelving.IsRunning(now)))],
            Messages = [.. MessageStore.OfIncident(session, id, MessagesMax).Select(message => MessageOf(session, message))],
            NotTold =
            [
                .. NotificationStore.OfIncident(session, id, DecisionsMax).Where(one => !one.Decision.IsSent).CountBy(one => one.Decision.Reason).Select(entry => (entry.Key, entry.Value)),
            ],
            MayAcknowledge = caller.Account is not null && caller.Rights.Allow(Permission.Acknowledge, fleet.Current.PlaceOf(row.Site)),
            Lasts = lasts,
        };
    });

    private AlarmView AlarmOf(StoreSession session, IncidentRow row, IEnumerable<ShelvingRow> shelvings, Instant now)
    {
        var current = fleet.Current;
        var site = current.FindSite(row.Site);
        var (found, peak) = FindingOf(session, row);
        var units = IncidentStore.Members(session, row.Id).Where(member => member.GoesOn).Select(member => member.Unit).Append(row.Unit).OfType<StorageUnitId>().Distinct();
        return new AlarmView
        {
            Id = row.Id,
            Severity = row.State.Severity,
            Kind = row.Cause.Kind,
            Condition = row.Cause.Kind == CauseKind.Condition ? row.Cause.Subject[(row.Cause.Subject.IndexOf(':', StringComparison.Ordinal) + 1)..] : null,
            What = row.Unit is { } unit ? current.FindUnit(unit)?.Name ?? unit.Value : DeviceOf(row.Cause),
            UnitId = row.Unit?.Value,
            SiteId = row.Site,
            SiteName = site?.Name ?? row.Site,
            Zone = site?.Zone ?? TimeZoneInfo.Utc,
            Since = row.Since,
            FoundAt = found,
            Peak = peak,
            OverAt = row.State.OverAt,
            BloodUnits = units.Sum(one => ContentsStore.At(session, one, now).Count),
            Owner = AcknowledgementStore.OwnerOf(session, row),
            AcknowledgedUntil = row.State.AcknowledgedUntil,
            NextAt = row.State.IsAcknowledged ? null : row.NextAt,
            ShelvedUntil = shelvings.Where(shelving => shelving.Covers(row.State.Severity, now)).Select(shelving => (Instant?)shelving.Shelving.Until).FirstOrDefault(),
            Wakes = row.State.Wakes,
            IsClosed = row.State.IsClosed,
        };
    }

    // Of several excursions, what the newest says.
    private static (Instant? FoundAt, Celsius? Peak) FindingOf(StoreSession session, IncidentRow row)
    {
        var findings = IncidentStore.Members(session, row.Id).Select(member => NumberOf(member.Member, OfFinding)).OfType<long>().Select(id => FindingStore.Find(session, id)).OfType<FindingRow>().ToList();
        return findings is [.., { } newest]
            ? (newest.FoundLate ? newest.DiscoveredAt : null, newest.Finding.Stretch is { Side: not Side.Unknown } stretch ? Celsius.FromMilli(stretch.PeakMilli) : null)
            : (null, null);
    }

    private AlarmMemberView MemberOf(StoreSession session, IncidentMember member, Instant now)
    {
        var overview = member.Unit is { } unit ? UnitOverviews.Read(session, fleet.Current, unit, now) : null;
        var forecast = overview is null ? null : forecasts.Of(session, overview, now);
        var isKnown = overview is { State: StorageState.InRange or StorageState.Warning or StorageState.OutOfRange };
        var kind = member.Member[..member.Member.IndexOf(':', StringComparison.Ordinal)];
        return new AlarmMemberView(
            overview?.Unit.Name ?? member.Unit?.Value ?? member.Member[(kind.Length + 1)..],
            member.Unit?.Value,
            kind,
            NumberOf(member.Member, kind),
            member.Since,
            member.GoesOn,
            isKnown ? overview!.Celsius : null, // It is known, so it is there.
            new TimeToLimit(overview?.State == StorageState.OutOfRange, isKnown || overview is null, forecast?.ReachesAt));
    }

    private static AlarmMessageView MessageOf(StoreSession session, MessageRow message) => new(
        message.Account == 0 ? null : AccountStore.Find(session, message.Account)?.Name,
        message.Channel,
        message.MadeAt,
        [.. MessageStore.StatesOf(session, message.Id).Select(state => (state.State, state.At))]);

    private static long? NumberOf(string member, string kind) => member.StartsWith($"{kind}:", StringComparison.Ordinal) && long.TryParse(member[(kind.Length + 1)..], out var number) ? number : null;

    private static string DeviceOf(Cause cause) => cause.Kind == CauseKind.Silence && cause.Subject.StartsWith($"{SilenceScope.Device}:", StringComparison.Ordinal)
        ? cause.Subject[(SilenceScope.Device.Length + 1)..]
        : "";
}
