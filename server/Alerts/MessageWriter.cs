using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>
/// Writes a message at the moment at which it goes: what it tells is how things stand then. Nothing is hidden by a count: whatever is not named is
/// counted, by severity, and the address of the list of all goes with it. A line break or control character of a name never gets into a header.
/// </summary>
internal sealed class MessageWriter(FleetView fleet, AlertOptions options)
{
    private const int NamedInShort = 3;
    private const int NamedInMail = 50;
    private const int NameLengthMax = 80;

    /// <summary>How long an acknowledgement link may be used.</summary>
    public static readonly TimeSpan LinkLasts = TimeSpan.FromHours(24);

    /// <summary>Writes a message, and enters its link. Null when the person is not reached by the channel any more.</summary>
    /// <param name="transaction">The transaction in which its attempt begins.</param>
    /// <param name="row">The message.</param>
    /// <param name="told">What it tells, not empty.</param>
    /// <param name="roster">Who is there.</param>
    /// <param name="now">The present.</param>
    public AlertMessage? Write(StoreTransaction transaction, MessageRow row, IReadOnlyList<IncidentRow> told, Roster roster, Instant now)
    {
        var person = roster.Find(row.Account);
        var to = row.Account == 0 ? "" : person?.AddressOf(row.Channel);
        if (to is null || person?.Account.DisabledAt is not null)
        {
            return null;
        }

        var texts = AlertTexts.Of(person?.Account.Language);
        var ranked = told.OrderByDescending(one => one.State.Severity).ThenBy(one => one.OpenedAt).ThenBy(one => one.Id).ToList();
        var named = row.Channel == AlertChannel.Email ? NamedInMail : NamedInShort;
        List<string> lines =
        [
            .. ranked.Take(named).Select(one => LineOf(transaction, one, texts)),
            .. Rest(ranked.Skip(named).ToList(), texts),
            .. Links(transaction, row, now, texts),
        ];
        return new AlertMessage(
            row.Id,
            to,
            SubjectOf(ranked, texts),
            row.Channel == AlertChannel.Voice ? SubjectOf(ranked, texts) : string.Join('\n', lines),
            ranked.ConvertAll(one => new ToldIncident(one.Id, one.Cause.ToString(), one.State.Severity, one.Site, one.Unit?.Value, one.Since)),
            now);
    }

    private string SubjectOf(List<IncidentRow> ranked, AlertTexts texts) => ranked is [var one]
        ? texts.Fill(texts.One, texts.Of(one.State.Severity), What(one, texts), texts.Of(one.Cause))
        : texts.Fill(texts.Many, ranked.Count, ranked.Count(IsCritical));

    private string LineOf(StoreTransaction transaction, IncidentRow row, AlertTexts texts)
    {
        var site = fleet.Current.FindSite(row.Site);
        var celsius = row.Unit is { } unit ? UnitStateStore.Find(transaction, unit)?.Celsius : null;
        return texts.Fill(
            texts.Line,
            texts.Of(row.State.Severity),
            What(row, texts),
            texts.Of(row.Cause),
            texts.Time(row.Since, site?.Zone ?? TimeZoneInfo.Utc),
            celsius is { } degrees ? texts.Fill(texts.Now, degrees.ToDegrees().ToString("0.0", texts.Culture)) : "",
            $"#{row.Id}");
    }

    private string What(IncidentRow row, AlertTexts texts)
    {
        var site = fleet.Current.FindSite(row.Site)?.Name ?? row.Site;
        var thing = row.Unit is { } unit ? fleet.Current.FindUnit(unit)?.Name ?? unit.Value
            : row.Cause is { Kind: CauseKind.Silence, Subject: var subject } ? subject == SilenceScope.Server ? texts.Everything : subject[(subject.IndexOf(':', StringComparison.Ordinal) + 1)..]
            : "";
        return ShownText.Of(string.Join(", ", new[] { thing, site }.Where(part => part.Length > 0)), NameLengthMax);
    }

    private IEnumerable<string> Rest(List<IncidentRow> others, AlertTexts texts) =>
        others.Count == 0 ? [] : [texts.Fill(texts.More, others.Count, others.Count(IsCritical), Page("/alarms"))];

    private string[] Links(StoreTransaction transaction, MessageRow row, Instant now, AlertTexts texts)
    {
        if (row.Account == 0 || options.Address is null)
        {
            return [];
        }

        var secret = SecretFile.NewSecret();
        AcknowledgementLinkStore.Insert(transaction, new AcknowledgementLink(SecretFile.HashOf(secret), row.Id, row.Account, now + LinkLasts, UsedAt: null));
        string[] links = [texts.Fill(texts.Acknowledge, Page($"/a/{secret}"))];
        return row.Channel == AlertChannel.Email ? [.. links, texts.Fill(texts.List, Page("/alarms")), texts.Again] : links;
    }

    private string Page(string path) => options.Address is { } address ? $"{address.ToString().TrimEnd('/')}{path}" : path;

    private static bool IsCritical(IncidentRow row) => row.State.Severity == Severity.Critical;
}
