using ColdChain.Core.People;

namespace ColdChain.Server.Fleet;

/// <summary>Why a request cannot be met.</summary>
internal enum RefusalKind
{
    /// <summary>It is wrong whatever is stored.</summary>
    Invalid,

    /// <summary>It names something that does not exist.</summary>
    Unknown,

    /// <summary>Whoever asks may not.</summary>
    Forbidden,

    /// <summary>It contradicts what is stored.</summary>
    Conflict,
}

/// <summary>A request that cannot be met; nothing was changed by it.</summary>
/// <param name="kind">Why, roughly.</param>
/// <param name="thing">What of the request is wrong, by its name there.</param>
/// <param name="reason">What is wrong with it, as a clause.</param>
/// <param name="cure">What to do instead, as a clause.</param>
internal sealed class RefusalException(RefusalKind kind, string thing, string reason, string cure) : Exception($"{reason}; {cure}")
{
    public RefusalKind Kind { get; } = kind;

    public string Thing { get; } = thing;

    public string Reason { get; } = reason;

    public string Cure { get; } = cure;

    /// <summary>The word by which a page finds it in its own language; null when only English has it.</summary>
    public string? Word { get; init; }

    /// <summary>All that is wrong, line by line, when something of many lines was sent; otherwise empty.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>What is wrong with an account or its code, which pages say in their own language; null for anything else.</summary>
    public AccountFault? Fault { get; init; }

    /// <summary>A refusal of what core could not read, whose errors say "reason; cure".</summary>
    public static RefusalException OfText(string thing, string error) => error.LastIndexOf("; ", StringComparison.Ordinal) is > 0 and var end
        ? new RefusalException(RefusalKind.Invalid, thing, error[..end], error[(end + 2)..])
        : new RefusalException(RefusalKind.Invalid, thing, error, "correct it");
}
