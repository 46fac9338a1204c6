using Microsoft.AspNetCore.WebUtilities;

namespace ColdChain.Server.Api;

/// <summary>Writes an answer that says what is wrong, as problem+json (RFC 9457), with thing, reason and cure as members of their own.</summary>
internal static class Problems
{
    public static Task WriteAsync(HttpContext context, int status, string thing, string reason, string cure) => TypedResults.Problem(
        detail: $"{char.ToUpperInvariant(reason[0])}{reason[1..]}; {cure}.",
        statusCode: status,
        title: ReasonPhrases.GetReasonPhrase(status),
        extensions: new Dictionary<string, object?> { ["thing"] = thing, ["reason"] = reason, ["cure"] = cure }).ExecuteAsync(context);
}
