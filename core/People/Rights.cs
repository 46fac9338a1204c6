using System.Collections.Frozen;

namespace ColdChain.Core.People;

/// <summary>A role at a place, as an administrator gave it.</summary>
/// <param name="Role">The role.</param>
/// <param name="Where">Where it counts.</param>
public readonly record struct Grant(Role Role, Scope Where);

/// <summary>Why something is not allowed.</summary>
public enum RightsRefusal
{
    /// <summary>None of the grants allows it anywhere.</summary>
    Nowhere,

    /// <summary>It is allowed, and not at this place.</summary>
    Elsewhere,
}

/// <summary>
/// What somebody may do, and where. What nothing allows is refused: without a grant, everything is. Two grants add up and never take away
/// from each other.
/// </summary>
public sealed class Rights
{
    private static readonly FrozenDictionary<Role, Permission[]> OfRole = new Dictionary<Role, Permission[]>
    {
        [Role.Viewer] = [Permission.SeeTiles, Permission.See],
        [Role.Technician] = [Permission.SeeTiles, Permission.See, Permission.EnterContents, Permission.EnterWindows, Permission.Acknowledge, Permission.Propose, Permission.PrepareReports],
        [Role.Biomedical] = [Permission.SeeTiles, Permission.See, Permission.EnterWindows, Permission.Acknowledge, Permission.PlanOnCall, Permission.EditFleet, Permission.PrepareReports, Permission.ReviewReports],
        [Role.Quality] =
        [
            Permission.SeeTiles, Permission.See, Permission.Acknowledge, Permission.Propose, Permission.Decide, Permission.ReadAudit, Permission.PrepareReports, Permission.ReviewReports,
            Permission.ApproveReports,
        ],
        [Role.Admin] = [Permission.SeeTiles, Permission.See, Permission.PlanOnCall, Permission.EditFleet, Permission.Operate, Permission.Watch, Permission.ManagePeople, Permission.ReadAudit],
        [Role.Auditor] = [Permission.SeeTiles, Permission.See, Permission.ReadAudit],
    }.ToFrozenDictionary();

    private readonly (Permission What, Scope Where)[] _allowed;

    private Rights(IEnumerable<(Permission What, Scope Where)> allowed) => _allowed = [.. allowed.Distinct()];

    /// <summary>Nothing at all.</summary>
    public static Rights None { get; } = new([]);

    /// <summary>The rights of a person.</summary>
    /// <param name="grants">The person's grants; a role that this version does not know allows nothing.</param>
    public static Rights Of(IEnumerable<Grant> grants) =>
        new(grants.SelectMany(grant => OfRole.GetValueOrDefault(grant.Role, []).Select(what => (what, grant.Where))));

    /// <summary>Some permissions at one place: the rights of a program.</summary>
    /// <param name="permissions">What it may do.</param>
    /// <param name="where">Where.</param>
    public static Rights Of(IEnumerable<Permission> permissions, Scope where) => new(permissions.Select(what => (what, where)));

    /// <summary>Why something is refused at a place; null when it is allowed there.</summary>
    /// <param name="what">What is to be done.</param>
    /// <param name="place">Where; null for what belongs to no site, which only the whole nation covers.</param>
    public RightsRefusal? Refusal(Permission what, Place? place) =>
        Array.Exists(_allowed, right => right.What == what && right.Where.Covers(place)) ? null
        : Anywhere(what) ? RightsRefusal.Elsewhere
        : RightsRefusal.Nowhere;

    /// <summary>True when it is allowed at the place.</summary>
    /// <param name="what">What is to be done.</param>
    /// <param name="place">Where; null for what belongs to no site.</param>
    public bool Allow(Permission what, Place? place) => Refusal(what, place) is null;

    /// <summary>True when it is allowed at some place.</summary>
    /// <param name="what">What is to be done.</param>
    public bool Anywhere(Permission what) => Array.Exists(_allowed, right => right.What == what);

    /// <summary>True when it is allowed everywhere, and for what belongs to no site.</summary>
    /// <param name="what">What is to be done.</param>
    public bool Everywhere(Permission what) => Allow(what, place: null);
}
