using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api;

/// <summary>Turns whatever keeps a request from being met into a problem that names thing, reason and cure.</summary>
internal sealed class ProblemAnswers(RequestDelegate next, ILogger<ProblemAnswers> logger)
{
    /// <summary>The largest body of a request, in bytes. The largest one that anybody has a reason to send has some hundred.</summary>
    public const int BodyBytesMax = 64 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // Nobody waits for the answer any more.
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, error);
            return;
        }

        if (!context.Response.HasStarted)
        {
            await AnswerEmptyAsync(context);
        }
    }

    /// <summary>Says in words what routing says with a bare status.</summary>
    private static Task AnswerEmptyAsync(HttpContext context)
    {
        var (status, request) = (context.Response.StatusCode, context.Request);
        return status switch
        {
            StatusCodes.Status404NotFound => Problems.WriteAsync(
                context, status, "address", $"there is nothing at {request.Path}", "GET /openapi/v1.json lists what there is"),
            StatusCodes.Status405MethodNotAllowed => Problems.WriteAsync(
                context, status, "method", $"{request.Method} is not for {request.Path}", "GET /openapi/v1.json lists what is"),
            StatusCodes.Status415UnsupportedMediaType => Problems.WriteAsync(
                context, status, "Content-Type", $"'{request.ContentType}' cannot be read here", "send JSON with the header 'Content-Type: application/json'"),
            StatusCodes.Status413PayloadTooLarge => Problems.WriteAsync(
                context, status, "request", $"its body is larger than {BodyBytesMax} bytes", "send what docs/api.md shows for this address"),
            >= 400 => Problems.WriteAsync(context, status, "request", "it could not be read", "send what docs/api.md shows for this address"),
            _ => Task.CompletedTask,
        };
    }

    private Task AnswerAsync(HttpContext context, Exception error)
    {
        switch (error)
        {
            case RefusalException refusal:
                return Problems.WriteAsync(context, StatusOf(refusal.Kind), refusal.Thing, refusal.Reason, refusal.Cure, refusal.Lines);
            case BadHttpRequestException bad:
                return Problems.WriteAsync(
                    context, bad.StatusCode, "request", (bad.InnerException?.Message ?? bad.Message).TrimEnd('.'), "send what docs/api.md shows for this address");
            case StoreWriteException lost:
                logger.LogError(lost, "A request could not be stored");
                return Problems.WriteAsync(
                    context, StatusCodes.Status503ServiceUnavailable, "record store", "the record store could not commit, so nothing was changed", "try again; GET /health tells how the store fares");
            case ReportContentException changed:
                logger.LogError(changed, "A report was neither given out nor signed");
                return Problems.WriteAsync(
                    context, StatusCodes.Status500InternalServerError, "report", "what is stored of it is not what was signed: somebody has changed the file", "restore the record store from a backup; the server's log names the report");
            default:
                logger.LogError(error, "A request failed");
                return Problems.WriteAsync(
                    context, StatusCodes.Status500InternalServerError, "server", "the server failed at this request", "look into its log, and report what it says");
        }
    }

    /// <summary>The status that says what kind of refusal it is.</summary>
    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.Unknown => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
