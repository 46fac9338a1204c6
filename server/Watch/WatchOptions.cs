namespace ColdChain.Server.Watch;

/// <summary>Whom the watcher calls when the server is not well.</summary>
/// <param name="Emails">Addresses of mailboxes.</param>
/// <param name="Telephones">Numbers, for short messages and calls.</param>
internal sealed record WatchCalled(IReadOnlyList<string> Emails, IReadOnlyList<string> Telephones);

/// <summary>What the watcher watches, and how.</summary>
internal sealed record WatchOptions
{
    /// <summary>Where the server's pages and API are.</summary>
    public required Uri Server { get; init; }

    /// <summary>A token of the server with the scope <c>watch</c>.</summary>
    public required string Token { get; init; }

    /// <summary>How often it looks.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>For how long the server may be unwell before that is told.</summary>
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How often it is told again until it is well.</summary>
    public TimeSpan RepeatEvery { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The file in which it keeps what it has seen, so that a restart goes on.</summary>
    public required string StateFile { get; init; }

    public required WatchCalled Called { get; init; }

    /// <summary>Where its own sign of life goes; null for nowhere.</summary>
    public (Uri Address, byte[]? Key)? Beacon { get; init; }

    // A record writes all of its members: a secret is none of them.
    public override string ToString() => Server.ToString();
}

/// <summary>What the watcher has seen of the server.</summary>
/// <param name="BadSince">Since when it is not well, in milliseconds since 1970; null while it is.</param>
/// <param name="ToldAt">When that was told last.</param>
/// <param name="StoreId">The id of its record store.</param>
/// <param name="Head">Where its audit trail ended.</param>
internal sealed record WatchState(long? BadSince, long? ToldAt, string? StoreId, string? Head);
