using ColdChain.Server.Dashboard;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api.Forms;

/// <summary>Lets a form through that carries the token of its own page, and says in words what else keeps it from being met.</summary>
internal sealed class FormGuard(DashboardPages pages, ILogger<FormGuard> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return await next(context);
        }

        try
        {
            var secret = Cookies.Session(http) is { } session && http.Request.Path != Gate.SignInPath ? session : Cookies.Visit(http);
            return http.Request.HasFormContentType && FormTokens.Matches(secret, $"{(await http.Request.ReadFormAsync(http.RequestAborted))[FormTokens.Field]}")
                ? await next(context)
                : await pages.MessageAsync(http.Request, StatusCodes.Status400BadRequest, texts => texts.FormExpired);
        }
        catch (StoreWriteException lost)
        {
            logger.LogError(lost, "A form could not be stored");
            return await pages.MessageAsync(http.Request, StatusCodes.Status503ServiceUnavailable, texts => texts.StoreFailed);
        }
        catch (ReportContentException changed)
        {
            logger.LogError(changed, "A report was not signed");
            return await pages.MessageAsync(http.Request, StatusCodes.Status500InternalServerError, texts => texts.ReportContentChanged);
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException)
        {
            return await pages.MessageAsync(http.Request, StatusCodes.Status400BadRequest, texts => texts.FormExpired); // No form at all.
        }
    }
}
