using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace ColdChain.EndToEnd.Tests.Alerts;

/// <summary>The program at the other end of the webhook of alerts.</summary>
internal sealed class AlertListener : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly BlockingCollection<(JsonNode Alert, HttpListenerContext Context)> _asked = [];

    public AlertListener()
    {
        Address = $"http://127.0.0.1:{FreePort.Take()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ListenAsync();
    }

    public string Address { get; }

    /// <summary>The key of a webhook, as a server's file has it.</summary>
    public static string Key => $"whsec_{Convert.ToBase64String(new byte[24])}";

    /// <summary>The next alert, which waits for its answer.</summary>
    public async Task<(JsonNode Alert, HttpListenerContext Context)> NextAsync() =>
        await Task.Run(() => _asked.TryTake(out var asked, TimeSpan.FromMinutes(2)) ? asked : throw new TimeoutException("No alert came."));

    /// <summary>Says that an alert was taken.</summary>
    /// <returns>What went wrong, as when who asked is dead; null for nothing.</returns>
    public static Exception? Answer(HttpListenerContext context)
    {
        try
        {
            context.Response.StatusCode = 204;
            context.Response.Close();
            return null;
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            return error;
        }
    }

    public void Dispose()
    {
        _listener.Close();
        _asked.Dispose();
    }

    private async Task ListenAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                _asked.Add((JsonNode.Parse(await reader.ReadToEndAsync())!, context));
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return; // The test is over.
            }
        }
    }
}
