using ColdChain.Core.People;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>The account of a person.</summary>
/// <param name="Id">Ascending, never reused.</param>
/// <param name="Name">By which the person signs in, and events name him. It never changes.</param>
/// <param name="Display">The name for people; empty once it was erased.</param>
/// <param name="Language">The code of the language of his pages.</param>
/// <param name="Password">The hash of the password; empty once it was erased.</param>
/// <param name="MustChange">True while the password is one-time: nothing else is allowed before it is changed.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="DisabledAt">Since when it is disabled; null while it is not.</param>
internal sealed record AccountRow(long Id, string Name, string Display, string Language, string Password, bool MustChange, Instant CreatedAt, Instant? DisabledAt)
{
    /// <summary>The secret of the second factor; null for none.</summary>
    public byte[]? TotpSecret { get; init; }

    /// <summary>A secret that was shown and is not confirmed; null for none.</summary>
    public byte[]? TotpDraft { get; init; }

    /// <summary>The last step of the second factor that was used.</summary>
    public long TotpStep { get; init; }
}

/// <summary>The accounts and what was granted to them. Whoever changes one appends the event that tells it.</summary>
internal static class AccountStore
{
    private const string Select =
        "SELECT id, name, display, language, password, must_change, created_at, disabled_at, totp_secret, totp_draft, totp_step FROM accounts";

    /// <summary>All accounts, by name.</summary>
    public static List<AccountRow> All(StoreSession session) => session.Query($"{Select} ORDER BY name", Row);

    public static AccountRow? Find(StoreSession session, string name) => session.QueryFirst($"{Select} WHERE name = $name", Row, ("$name", name));

    public static AccountRow? Find(StoreSession session, long id) => session.QueryFirst($"{Select} WHERE id = $id", Row, ("$id", id));

    /// <summary>Adds an account.</summary>
    /// <returns>It with its id.</returns>
    public static AccountRow Insert(StoreTransaction transaction, AccountRow account) => account with
    {
        Id = transaction.Insert(
            """
            INSERT INTO accounts (name, display, language, password, must_change, created_at)
            VALUES ($name, $display, $language, $password, $must, $at) RETURNING id
            """,
            ("$name", account.Name),
            ("$display", account.Display),
            ("$language", account.Language),
            ("$password", account.Password),
            ("$must", account.MustChange),
            ("$at", account.CreatedAt)),
    };

    /// <summary>Stores all of an account that may change.</summary>
    public static void Save(StoreTransaction transaction, AccountRow account) => transaction.Execute(
        """
        UPDATE accounts SET display = $display, language = $language, password = $password, must_change = $must, disabled_at = $disabled,
            totp_secret = $secret, totp_draft = $draft, totp_step = $step
        WHERE id = $id
        """,
        ("$display", account.Display),
        ("$language", account.Language),
        ("$password", account.Password),
        ("$must", account.MustChange),
        ("$disabled", account.DisabledAt),
        ("$secret", account.TotpSecret),
        ("$draft", account.TotpDraft),
        ("$step", account.TotpStep),
        ("$id", account.Id));

    /// <summary>What was granted to an account. What this version cannot read grants nothing.</summary>
    public static IReadOnlyList<Grant> Grants(StoreSession session, long account) =>
    [
        .. session.Query("SELECT role, scope FROM grants WHERE account = $account ORDER BY scope, role", row => (Role: row.GetString(0), Scope: row.GetString(1)), ("$account", account))
            .Where(row => RoleWords.TryParse(row.Role, out _) && Scope.TryParse(row.Scope, out _))
            .Select(row => new Grant(
                RoleWords.TryParse(row.Role, out var role) ? role : default,
                Scope.TryParse(row.Scope, out var where) ? where : default)),
    ];

    /// <summary>Grants; false when that was granted already.</summary>
    public static bool AddGrant(StoreTransaction transaction, long account, Grant grant) => transaction.Execute(
        "INSERT OR IGNORE INTO grants VALUES ($account, $role, $scope)",
        ("$account", account),
        ("$role", RoleWords.Of(grant.Role)),
        ("$scope", grant.Where.ToString())) > 0;

    /// <summary>Takes back; false when that was not granted.</summary>
    public static bool RemoveGrant(StoreTransaction transaction, long account, Grant grant) => transaction.Execute(
        "DELETE FROM grants WHERE account = $account AND role = $role AND scope = $scope",
        ("$account", account),
        ("$role", RoleWords.Of(grant.Role)),
        ("$scope", grant.Where.ToString())) > 0;

    private static AccountRow Row(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetBoolean(5), row.Instant(6), row.InstantOrNull(7))
    {
        TotpSecret = row.BytesOrNull(8), TotpDraft = row.BytesOrNull(9), TotpStep = row.GetInt64(10),
    };
}

/// <summary>The words for roles. They are stored, and stand in forms and events.</summary>
internal static class RoleWords
{
    public static string Of(Role role) => role.ToString().ToLowerInvariant();

    /// <summary>Reads a word; false when it is none.</summary>
    public static bool TryParse(string? word, out Role role)
    {
        role = Enum.GetValues<Role>().FirstOrDefault(known => Of(known) == word);
        return Of(role) == word;
    }
}
