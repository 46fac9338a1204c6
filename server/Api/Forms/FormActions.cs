using ColdChain.Server.Dashboard;
using ColdChain.Server.Html;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Api.Forms;

/// <summary>What comes of a form that people act by: the page anew by a redirect, so that reloading it does nothing twice; or the page with why not.</summary>
internal static class FormActions
{
    /// <summary>Does it, and shows a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="act">What is to be done; a <see cref="RefusalException"/> keeps it from being done.</param>
    /// <param name="path">Where to go on when it is done.</param>
    /// <param name="again">The page to show when it is not.</param>
    public static async Task<IResult> DoAsync(HttpContext context, Func<Task> act, string path, Func<Task<IResult>> again)
    {
        try
        {
            await act();
            return Results.Redirect(InLanguage(context, path));
        }
        catch (RefusalException refusal)
        {
            context.Features.Set(new FormFault(ProblemAnswers.StatusOf(refusal.Kind), refusal));
            return await again();
        }
    }

    /// <summary>An address in the language of the page that was asked for.</summary>
    public static string InLanguage(HttpContext context, string path)
    {
        var language = Texts.Find(context.Request.Query[PageLanguage.Parameter])?.Language;
        return language is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{PageLanguage.Parameter}={language}";
    }
}
