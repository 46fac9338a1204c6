using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ColdChain.Browser.Tests;

/// <summary>A browser with its tabs, and everything that went wrong in any of them.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private static readonly string Screenshots = Path.Combine(Repository.Root, "artifacts", "screenshots");

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = new();

    public Visitor(IBrowserContext context)
    {
        _context = context;
        // What the content security policy refuses is an error on the console too.
        context.Console += (_, message) => Note(message.Type is "error" or "warning", $"console: {message.Text}");
        context.WebError += (_, error) => Note(true, $"script: {error.Error}");
        context.RequestFailed += (_, request) => Note(request.Failure != "net::ERR_ABORTED", $"request: {request.Url} {request.Failure}"); // A page that is left gives up what it still loads.
        context.Response += (_, response) => Note(response.Status >= 400, $"answer: {response.Url} {response.Status}");
    }

    /// <summary>Errors and warnings on the console, failed requests and answers, since the beginning or since they were forgotten.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public IReadOnlyList<IPage> Tabs => _context.Pages;

    public void ForgetFaults() => _faults.Clear();

    /// <summary>Opens an address in a new tab.</summary>
    public async Task<IPage> OpenAsync(string address)
    {
        var page = await _context.NewPageAsync();
        await page.GotoAsync(address);
        return page;
    }

    /// <summary>Keeps a picture of a whole page, for people to look at.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        // Pictures further down would be loaded only once somebody scrolls there.
        await page.EvaluateAsync("Promise.all([...document.images].map(picture => { picture.loading = 'eager'; return picture.decode(); }))");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = true });
    }

    public ValueTask DisposeAsync() => new(_context.CloseAsync());

    private void Note(bool isFault, string what)
    {
        if (isFault)
        {
            _faults.Enqueue(what);
        }
    }
}
