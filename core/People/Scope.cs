namespace ColdChain.Core.People;

/// <summary>Where something stands.</summary>
/// <param name="Site">The id of its site.</param>
/// <param name="Region">The region of that site; null when the fleet names none.</param>
public readonly record struct Place(string Site, string? Region);

/// <summary>How wide a grant reaches.</summary>
public enum ScopeKind
{
    /// <summary>One site: a depot sees itself.</summary>
    Site,

    /// <summary>All sites of a region: a centre sees its depots.</summary>
    Region,

    /// <summary>Everything, and what belongs to no site.</summary>
    Nation,
}

/// <summary>Where a grant counts. The default value is a site without a name, which covers nothing.</summary>
/// <param name="Kind">How wide.</param>
/// <param name="Name">The site's id or the region's name; empty for the nation.</param>
public readonly record struct Scope(ScopeKind Kind, string Name)
{
    /// <summary>Everywhere.</summary>
    public static readonly Scope Nation = new(ScopeKind.Nation, "");

    /// <summary>One site.</summary>
    /// <param name="id">Its id.</param>
    public static Scope Site(string id) => new(ScopeKind.Site, id);

    /// <summary>One region.</summary>
    /// <param name="name">Its name in the fleet file.</param>
    public static Scope Region(string name) => new(ScopeKind.Region, name);

    /// <summary>True when a place lies within. What stands nowhere (null) is the nation's alone.</summary>
    /// <param name="place">The place; null for what belongs to no site, or to one that the fleet does not know any more.</param>
    public bool Covers(Place? place) => Kind switch
    {
        ScopeKind.Nation => true,
        ScopeKind.Region => place is { Region: { Length: > 0 } region } && region == Name,
        ScopeKind.Site => place is { Site.Length: > 0 } at && at.Site == Name,
        _ => false,
    };

    /// <summary>As it is written: <c>nation</c>, <c>region:atlas</c> or <c>site:depot-1</c>.</summary>
    public override string ToString() => Kind == ScopeKind.Nation ? "nation" : $"{(Kind == ScopeKind.Region ? "region" : "site")}:{Name}";

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scope">The scope; the default value when it is none.</param>
    /// <returns>False when it is none.</returns>
    public static bool TryParse(string? text, out Scope scope)
    {
        scope = text?.Split(':', 2) switch
        {
            ["nation"] => Nation,
            ["region", { Length: > 0 } name] => Region(name),
            ["site", { Length: > 0 } name] => Site(name),
            _ => default,
        };
        return scope != default;
    }
}
