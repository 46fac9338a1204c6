using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>What a silence is of. The names are stored.</summary>
internal static class SilenceScope
{
    /// <summary>The server hears nobody: its own connection to the broker is lost.</summary>
    public const string Server = "server";
    public const string Site = "site";
    public const string Device = "device";
}

/// <summary>How a silence was told. The names are stored.</summary>
internal static class SilenceTold
{
    /// <summary>By an event of its own.</summary>
    public const string Itself = "itself";

    /// <summary>By the event of its site, which is silent as a whole.</summary>
    public const string WithSite = "with-site";

    /// <summary>Not any more: its site was heard again, and it has some time to follow.</summary>
    public const string NotYet = "not-yet";
}

/// <summary>A silence that goes on.</summary>
/// <param name="Scope">One of <see cref="SilenceScope"/>.</param>
/// <param name="Subject">The site, the device; empty for the server.</param>
/// <param name="Site">The site of the device, or the site itself; empty for the server.</param>
/// <param name="Since">The last word before it; when supervision began, if there never was one.</param>
/// <param name="NoticedAt">When it was noticed.</param>
/// <param name="Told">One of <see cref="SilenceTold"/>.</param>
/// <param name="ExcusedUntil">Until when a device may follow its site; null where it need not.</param>
internal sealed record SilenceRow(string Scope, string Subject, string Site, Instant Since, Instant NoticedAt, string Told, Instant? ExcusedUntil);

/// <summary>The silences of one moment, by what they are of.</summary>
internal sealed class Silences(IEnumerable<SilenceRow> rows)
{
    private readonly Dictionary<(string Scope, string Subject), SilenceRow> _rows = rows.ToDictionary(row => (row.Scope, row.Subject));

    /// <summary>What declares why nothing comes of a device: the outermost of server, site and device; null when it is not silent.</summary>
    public SilenceRow? CauseOf(DeviceId device) =>
        Find(SilenceScope.Server, "")
        ?? (Find(SilenceScope.Device, device.Value) is { } own
            ? own.Told == SilenceTold.WithSite ? Find(SilenceScope.Site, own.Site) ?? own : own
            : null);

    private SilenceRow? Find(string scope, string subject) => _rows.GetValueOrDefault((scope, subject));
}

/// <summary>Who is silent now.</summary>
internal static class SilenceStore
{
    private const string Columns = "scope, subject, site, since, noticed_at, told, excused_until";

    /// <summary>Every silence that goes on, by scope and subject.</summary>
    public static List<SilenceRow> All(StoreSession session) => session.Query($"SELECT {Columns} FROM silences ORDER BY scope, subject", Row);

    public static void Save(StoreTransaction transaction, SilenceRow silence) => transaction.Execute(
        $"""
        INSERT INTO silences ({Columns}) VALUES ($scope, $subject, $site, $since, $noticed, $told, $excused)
        ON CONFLICT (scope, subject) DO UPDATE SET site = excluded.site, since = excluded.since, noticed_at = excluded.noticed_at, told = excluded.told,
            excused_until = excluded.excused_until
        """,
        ("$scope", silence.Scope),
        ("$subject", silence.Subject),
        ("$site", silence.Site),
        ("$since", silence.Since),
        ("$noticed", silence.NoticedAt),
        ("$told", silence.Told),
        ("$excused", silence.ExcusedUntil));

    public static void Delete(StoreTransaction transaction, SilenceRow silence) => transaction.Execute(
        "DELETE FROM silences WHERE scope = $scope AND subject = $subject", ("$scope", silence.Scope), ("$subject", silence.Subject));

    private static SilenceRow Row(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.Instant(3), row.Instant(4), row.GetString(5), row.InstantOrNull(6));
}
