using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>Who asks, and what he may do where. An endpoint that has one as a parameter gets that of its request.</summary>
/// <param name="Actor">In whose name whatever is done is done.</param>
/// <param name="Rights">What is allowed.</param>
internal sealed record Caller(Actor Actor, Rights Rights)
{
    /// <summary>The account of a person; null for a program and for a screen on a wall.</summary>
    public AccountRow? Account { get; init; }

    /// <summary>What the forms of this person's pages carry; empty where there are no forms.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>Whether the session or token counts still: what stays open longer than a request must ask.</summary>
    public Func<bool> IsStillIn { get; init; } = () => true;

    /// <summary>The caller of a request, whom the gate let in.</summary>
    /// <exception cref="InvalidOperationException">There was no gate.</exception>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult<Caller?>(Of(context));

    /// <inheritdoc cref="BindAsync"/>
    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException($"Nobody was asked who he is at {context.Request.Path}: the gate stands before every endpoint that needs a caller.");

    /// <summary>True when he may see a storage unit. One that the fleet does not know any more is the whole nation's.</summary>
    public bool Sees(FleetHistory fleet, StorageUnitId unit) => Rights.Allow(Permission.See, fleet.PlaceOf(unit));

    /// <summary>True when he may see what concerns a site.</summary>
    public bool SeesSite(FleetHistory fleet, string site) => Rights.Allow(Permission.SeeTiles, fleet.PlaceOf(site));

    /// <summary>True when he may see all that is of a site; what is of none is the whole nation's.</summary>
    public bool SeesAllOf(FleetHistory fleet, string site) => Rights.Allow(Permission.See, fleet.PlaceOf(site));

    /// <summary>Refuses what he may not do at a site; what is of none is the whole nation's.</summary>
    /// <exception cref="RefusalException">He may not.</exception>
    public void RequireAt(Permission what, FleetHistory fleet, string site)
    {
        if (Rights.Refusal(what, fleet.PlaceOf(site)) is not null)
        {
            throw new RefusalException(RefusalKind.Forbidden, "site", $"{Actor.Name} may not do that there", "ask an administrator for a role at its site");
        }
    }

    /// <summary>Refuses what he may not do at the place of a storage unit.</summary>
    /// <exception cref="RefusalException">He may not.</exception>
    public void Require(Permission what, FleetHistory fleet, StorageUnitId unit)
    {
        if (Rights.Refusal(what, fleet.PlaceOf(unit)) is { } refusal)
        {
            throw new RefusalException(
                RefusalKind.Forbidden,
                "unit",
                refusal == RightsRefusal.Nowhere ? $"{Actor.Name} may not do that anywhere" : $"{Actor.Name} may not do that where storage unit {unit} stands",
                "ask an administrator for a role at its site");
        }
    }
}
