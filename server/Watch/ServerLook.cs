using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Server.Watch;

/// <summary>What the server answered.</summary>
/// <param name="Sight">Whether it is well.</param>
/// <param name="StoreId">The id of its record store; null when it did not say.</param>
/// <param name="Head">Where its audit trail ends; null when it did not say.</param>
internal sealed record LookResult(Sight Sight, string? StoreId, string? Head);

/// <summary>
/// Asks the server how it is. That something answers is not enough: what it says has to be new, by the watcher's own clock, and its audit trail may grow
/// only. A server that was replaced by an older copy of its database does not look well.
/// </summary>
internal sealed class ServerLook : IDisposable
{
    /// <summary>How long the server may take to answer: longer than its own limit for a commit.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(20);

    /// <summary>How far the two clocks may differ.</summary>
    public static readonly TimeSpan ClocksApart = TimeSpan.FromSeconds(60);

    private const int AnswerBytesMax = 256 * 1024;
    private const int ReasonLengthMax = 250;

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public ServerLook(Uri server, string token, TimeProvider clock)
    {
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            BaseAddress = server, Timeout = AnswerWithin, MaxResponseContentBufferSize = AnswerBytesMax,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Looks once.</summary>
    /// <param name="before">What was seen before; null for nothing.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<LookResult> LookAsync(WatchState? before, CancellationToken cancellation)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("health/deep", UriKind.Relative), cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            return answer.IsSuccessStatusCode ? Judge(text, before) : Bad($"It answered with status {(int)answer.StatusCode}: {ShownText.Of(text, ReasonLengthMax)}");
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return Bad($"It does not answer: {ShownText.Of(error.Message, ReasonLengthMax)}");
        }
    }

    public void Dispose() => _http.Dispose();

    private LookResult Judge(string text, WatchState? before)
    {
        try
        {
            using var said = JsonDocument.Parse(text);
            var root = said.RootElement;
            var (store, head) = (root.GetProperty("storeId").GetString()!, root.GetProperty("head").GetString()!);
            var reasons = root.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("reason").GetString()).OfType<string>()
                .Concat(OfTime(root.GetProperty("at").GetString())).Concat(OfTrail(store, head, before)).ToList();
            return new LookResult(new Sight(Instant.Now(_clock), reasons.Count == 0 ? null : string.Join(' ', reasons)), store, head);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Bad("What answers there is no ColdChain server.");
        }
    }

    private IEnumerable<string> OfTime(string? at)
    {
        var now = Instant.Now(_clock);
        if (!Instant.TryParse(at ?? "", out var said))
        {
            yield return "It does not say what time it is.";
        }
        else if ((said > now ? said - now : now - said) > ClocksApart)
        {
            yield return $"Its clock says {said}, and the watcher's {now}: one of them is wrong, or an old answer was given.";
        }
    }

    private static IEnumerable<string> OfTrail(string store, string head, WatchState? before)
    {
        if (before?.StoreId is { } known && known != store)
        {
            yield return $"Its record store is another one than before ({known}): it was replaced, or this is another server.";
        }
        else if (before?.Head is { } last && IdOf(head) < IdOf(last))
        {
            yield return $"Its audit trail ended at {last} and now ends at {head}: it was replaced by an older copy, or its end was cut off. 'audit verify' tells which.";
        }
    }

    private static long IdOf(string head) => long.Parse(head.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture);

    private LookResult Bad(string fault) => new(new Sight(Instant.Now(_clock), fault), null, null);
}
