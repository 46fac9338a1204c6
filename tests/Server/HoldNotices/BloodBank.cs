using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ColdChain.Server.Tests.HoldNotices;

/// <summary>A blood bank's own system, as far as it takes notices of holds: a real listener on this machine, which answers as it was told to.</summary>
internal sealed class BloodBank : IAsyncDisposable
{
    public static readonly byte[] Key = [.. Enumerable.Range(7, 32).Select(number => (byte)number)];

    private readonly Lock _gate = new();
    private readonly Queue<int> _answers = new();
    private readonly List<JsonNode> _events = [];
    private readonly WebApplication _listener;

    private BloodBank(WebApplication listener) => _listener = listener;

    public Uri Address => new($"{_listener.Urls.First()}/holds");

    /// <summary>All that came, whatever it was answered with; of what was not signed right, nothing.</summary>
    public IReadOnlyList<JsonNode> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>The numbers of the notices that came, in the order of their coming.</summary>
    public IReadOnlyList<int> Sequence => [.. Events.Select(one => int.Parse((string)one["sequence"]!, System.Globalization.CultureInfo.InvariantCulture))];

    public static async Task<BloodBank> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var listener = builder.Build();
        listener.Urls.Add("http://127.0.0.1:0");
        var bank = new BloodBank(listener);
        listener.Run(bank.TakeAsync);
        await listener.StartAsync();
        return bank;
    }

    /// <summary>The statuses of the next answers; 0 never answers. After them, everything is taken.</summary>
    public void Answer(params int[] statuses)
    {
        lock (_gate)
        {
            Array.ForEach(statuses, _answers.Enqueue);
        }
    }

    /// <summary>From now on everything is taken, and what came before is forgotten.</summary>
    public void AnswerAll()
    {
        lock (_gate)
        {
            _answers.Clear();
            _events.Clear();
        }
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        int status;
        lock (_gate)
        {
            _events.Add(IsSigned(context.Request, body) ? JsonNode.Parse(body)! : JsonNode.Parse("{}")!); // What came is JSON.
            status = _answers.TryDequeue(out var next) ? next : StatusCodes.Status204NoContent;
        }

        if (status == 0)
        {
            var gone = new TaskCompletionSource();
            context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        }

        context.Response.StatusCode = status == 0 ? StatusCodes.Status408RequestTimeout : status;
    }

    // As the specification of Standard Webhooks says, reckoned here anew.
    private static bool IsSigned(HttpRequest request, string body)
    {
        var signed = $"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}.{body}";
        return request.ContentType == "application/cloudevents+json"
            && request.Headers["webhook-signature"] == $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(signed)))}";
    }
}
