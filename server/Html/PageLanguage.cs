using ColdChain.Server.Fleet;
using Microsoft.Net.Http.Headers;

namespace ColdChain.Server.Html;

/// <summary>Chooses the language of a page: the query's, else the account's, else the browser's first that there are words for, else French.</summary>
internal static class PageLanguage
{
    public const string Parameter = "lang";

    public static Texts Of(HttpRequest request) => Texts.Find(request.Query[Parameter]) ?? Texts.Find(request.HttpContext.Features.Get<Caller>()?.Account?.Language) ?? Accepted(request) ?? Texts.All[0];

    private static Texts? Accepted(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(language => language.Quality != 0)
        .OrderByDescending(language => language, StringWithQualityHeaderValueComparer.QualityComparer)
        .Select(language => Texts.Find(language.Value.Value?.Split('-')[0].ToLowerInvariant()))
        .FirstOrDefault(texts => texts is not null);
}
