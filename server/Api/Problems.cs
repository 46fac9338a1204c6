using ColdChain.Core.Wire;
using Microsoft.AspNetCore.WebUtilities;

namespace ColdChain.Server.Api;

/// <summary>Writes an answer that says what is wrong, as problem+json (RFC 9457), with thing, reason and cure as members of their own.</summary>
internal static class Problems
{
    // A part may repeat what the request says, however long that is.
    private const int PartLengthMax = 250;

    public static Task WriteAsync(HttpContext context, int status, string thing, string reason, string cure, IReadOnlyList<string>? lines = null)
    {
        var (what, why, how) = (ShownText.Of(thing), ShownText.Of(reason, PartLengthMax), ShownText.Of(cure, PartLengthMax));
        return TypedResults.Problem(
            detail: $"{char.ToUpperInvariant(why[0])}{why[1..]}; {how}.",
            statusCode: status,
            title: ReasonPhrases.GetReasonPhrase(status),
            extensions: lines is { Count: > 0 }
                ? new Dictionary<string, object?> { ["thing"] = what, ["reason"] = why, ["cure"] = how, ["lines"] = lines }
                : new Dictionary<string, object?> { ["thing"] = what, ["reason"] = why, ["cure"] = how }).ExecuteAsync(context);
    }
}
