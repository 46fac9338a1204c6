using ColdChain.Core.Wire;
using Microsoft.Net.Http.Headers;

namespace ColdChain.Server.Api;

/// <summary>
/// Refuses a body that says it is in another charset than UTF-8: the JSON reader fails on the name of one that it does not know, and of
/// the others nobody has need.
/// </summary>
internal sealed class Utf8Only(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => CharsetOf(context.Request) is { Length: > 0 } charset && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        ? Problems.WriteAsync(
            context, StatusCodes.Status415UnsupportedMediaType, "Content-Type", $"the charset '{ShownText.Of(charset)}' is not read here", "send UTF-8")
        : next(context);

    private static string? CharsetOf(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.Charset.Value?.Trim('"') : null;
}
