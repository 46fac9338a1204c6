using ColdChain.Core.People;

namespace ColdChain.Server.Fleet;

/// <summary>Who is let in at an endpoint. One that says nothing lets nobody in.</summary>
/// <param name="Kind">Roughly.</param>
/// <param name="Needs">What must be allowed somewhere; whether it is allowed at the place in question is for the endpoint. Null unless the kind says so.</param>
internal sealed record Access(AccessKind Kind, Permission? Needs = null)
{
    /// <summary>True when it must be allowed for the whole nation: the endpoint is of no place.</summary>
    public bool IsNational { get; init; }

    /// <summary>True for what an open page asks for by itself: it keeps no session alive.</summary>
    public bool IsBackground { get; init; }
}

/// <summary>The kinds of <see cref="Access"/>.</summary>
internal enum AccessKind
{
    /// <summary>Whoever has the permission at some place.</summary>
    Permitted,

    /// <summary>Whoever is signed in as a person, whatever he may do.</summary>
    Person,

    /// <summary>Everybody, known or not.</summary>
    Everybody,
}

/// <summary>How endpoints say who is let in.</summary>
internal static class Accesses
{
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Access(AccessKind.Permitted, permission));

    /// <summary>Likewise, for the whole nation.</summary>
    public static TBuilder NeedsEverywhere<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Access(AccessKind.Permitted, permission) { IsNational = true });

    /// <summary>At some place, for what an open page asks for by itself.</summary>
    public static TBuilder NeedsInBackground<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Access(AccessKind.Permitted, permission) { IsBackground = true });

    public static TBuilder ForPersons<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Access(AccessKind.Person));

    public static TBuilder ForEverybody<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Access(AccessKind.Everybody) { IsBackground = true });
}
