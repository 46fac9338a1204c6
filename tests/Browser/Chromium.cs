using Microsoft.Playwright;

namespace ColdChain.Browser.Tests;

/// <summary>The machine's Chromium without a window: started once for each class of tests, so that two classes run beside each other, with a new empty profile, and able to reach loopback only.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "chromium";

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Find(), Headless = true, Args = Flags });
        Assertions.SetDefaultExpectTimeout((float)TimeSpan.FromMinutes(2).TotalMilliseconds);
    }

    /// <summary>A browser of its own for a test: nothing shared with other tests, not even the stream. Its person is signed in, and it stands in another zone than the site.</summary>
    internal async Task<Visitor> VisitAsync(SiteServer server, ViewportSize? size = null) => await VisitAsync(server, await server.SessionAsync(), size);

    /// <summary>The same for whoever has a session; for a stranger when it is null.</summary>
    internal async Task<Visitor> VisitAsync(SiteServer server, (string Name, string Value)? session, ViewportSize? size = null)
    {
        var context = await _browser!.NewContextAsync(new() // Set before each test.
        {
            BaseURL = server.Address.ToString(),
            Locale = "fr-FR",
            TimezoneId = "America/Montreal",
            ViewportSize = size ?? new ViewportSize { Width = 1280, Height = 900 },
        });
        if (session is var (name, value))
        {
            await context.AddCookiesAsync([new() { Name = name, Value = value, Url = server.Address.ToString(), HttpOnly = true, SameSite = SameSiteAttribute.Strict }]);
        }

        return new Visitor(context);
    }

    /// <summary>The addresses of the shared workers that run now.</summary>
    internal async Task<IReadOnlyList<string>> SharedWorkersAsync()
    {
        var session = await _browser!.NewBrowserCDPSessionAsync(); // Set before each test.
        var targets = await session.SendAsync("Target.getTargets") ?? throw new InvalidOperationException("Chromium does not tell its targets.");
        return
        [
            .. targets.GetProperty("targetInfos").EnumerateArray()
                .Where(target => target.GetProperty("type").GetString() == "shared_worker")
                .Select(target => target.GetProperty("url").GetString() ?? ""),
        ];
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"'{Program}' is not installed: install Debian's {Program}, or leave these tests out with --filter Needs!=chromium.");
}
