using ColdChain.Core.People;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Dashboard.Views;

/// <summary>The person whose page it is.</summary>
/// <param name="Name">The account's name.</param>
/// <param name="ManagesPeople">Whether the page of the people is his.</param>
/// <param name="ReadsAudit">Whether the audit trail is.</param>
/// <param name="FormToken">What every form carries.</param>
public sealed record ViewerView(string Name, bool ManagesPeople, bool ReadsAudit, string FormToken)
{
    /// <summary>Whether the page for a scanner is.</summary>
    public bool EntersContents { get; init; }

    /// <summary>Whether the page of the fleet is.</summary>
    public bool EditsFleet { get; init; }
}

/// <summary>The form for signing in.</summary>
public sealed record SignInView
{
    /// <summary>True after a wrong name or password.</summary>
    public bool HasFailed { get; init; }

    /// <summary>How long to wait before the next attempt; zero for not at all.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>The name that was typed.</summary>
    public string Name { get; init; } = "";

    public string FormToken { get; init; } = "";

    /// <summary>The path to go on to.</summary>
    public string Return { get; init; } = "/";
}

/// <summary>An account as its own person sees it.</summary>
public sealed record AccountView
{
    public required string Name { get; init; }

    public required string Display { get; init; }

    /// <summary>True while the password is one-time.</summary>
    public required bool MustChange { get; init; }

    /// <summary>True when a second factor is confirmed.</summary>
    public required bool HasSecondFactor { get; init; }

    /// <summary>A secret that waits for its first code, as people type it; null for none.</summary>
    public string? DraftText { get; init; }

    /// <summary>The address by which an authenticator takes that secret up.</summary>
    public string? DraftAddress { get; init; }
}

/// <summary>An account as an administrator sees it.</summary>
/// <param name="Name">The account's name.</param>
/// <param name="Display">The name for people; empty once it was erased.</param>
/// <param name="DisabledAt">Since when it is disabled; null while it is not.</param>
/// <param name="MustChange">True while the password is one-time.</param>
/// <param name="HasSecondFactor">True when a second factor is confirmed.</param>
/// <param name="Grants">What was granted.</param>
public sealed record PersonView(string Name, string Display, Instant? DisabledAt, bool MustChange, bool HasSecondFactor, IReadOnlyList<Grant> Grants);

/// <summary>An API token in use.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scopes">What it may be used for.</param>
/// <param name="Place">Where.</param>
/// <param name="MadeAt">When it was made.</param>
public sealed record TokenView(string Name, IReadOnlyList<string> Scopes, string Place, Instant MadeAt);

/// <summary>All accounts and tokens, and what came of the last change.</summary>
public sealed record PeopleView
{
    /// <summary>Why the last change was refused; null for none.</summary>
    public AccountFault? Fault { get; init; }

    /// <summary>A one-time password or token that is shown now only; null for none.</summary>
    public string? Secret { get; init; }

    /// <summary>Whose that is.</summary>
    public string SecretOf { get; init; } = "";

    public required IReadOnlyList<PersonView> Accounts { get; init; }

    public required IReadOnlyList<TokenView> Tokens { get; init; }

    /// <summary>Where something may be granted, as scopes are written.</summary>
    public required IReadOnlyList<string> Places { get; init; }
}
