using System.Globalization;
using System.Threading.RateLimiting;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Api;

/// <summary>
/// How often somebody may ask. A program gone wild, or a stolen token, then takes nothing from the others: each person, token and unknown address has a
/// measure of its own. What must never wait, the acknowledging of an alarm, is mapped with <c>DisableRateLimiting</c>.
/// </summary>
internal static class RateLimits
{
    /// <summary>Requests a minute unless the configuration says otherwise: far above what pages and programs ask for.</summary>
    public const int Usual = 6_000;

    /// <summary>The least that can be configured: an open page asks a few times a minute by itself.</summary>
    public const int Least = 60;

    /// <summary>The most that can be configured.</summary>
    public const int Most = 1_000_000;

    private const int SecondsOfAMinute = 60;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Adds the limits: <paramref name="perMinute"/> requests at once, and as many in each minute.</summary>
    public static IServiceCollection AddRateLimits(this IServiceCollection services, int perMinute) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(WhoAsks(context), _ => new()
        {
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perMinute / SecondsOfAMinute),
            ReplenishmentPeriod = Period,
        }));
        options.OnRejected = (rejected, _) => AnswerAsync(rejected.HttpContext);
    });

    private static string WhoAsks(HttpContext context) => context.Features.Get<Caller>()?.Actor.Name ?? $"address:{context.Connection.RemoteIpAddress}";

    private static async ValueTask AnswerAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = Period.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        await Problems.WriteAsync(
            context, StatusCodes.Status429TooManyRequests, "requests", $"{WhoAsks(context)} asks more often than http.requestsPerMinute allows",
            "wait a second, and ask less often");
    }
}
