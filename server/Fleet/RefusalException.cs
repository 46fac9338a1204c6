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

    /// <summary>Refuses what is no text in one line.</summary>
    /// <param name="thing">Its name in the request.</param>
    /// <param name="text">The text.</param>
    /// <param name="lengthMax">The most characters.</param>
    /// <param name="cure">What to write, as a clause.</param>
    /// <exception cref="RefusalException">It is missing, too long, or holds control characters.</exception>
    public static void RequireLine(string thing, string text, int lengthMax, string cure)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > lengthMax || text.Any(char.IsControl))
        {
            var reason = string.IsNullOrWhiteSpace(text) ? "is missing" : $"is longer than {lengthMax} characters or holds control characters";
            throw new RefusalException(RefusalKind.Invalid, thing, $"'{thing}' {reason}", cure);
        }
    }
}
