using System.Net;
using System.Text.RegularExpressions;

namespace ColdChain.Tests.Shared;

/// <summary>A browser without a window, as far as forms go: it keeps cookies and sends back what a page's form carries.</summary>
internal sealed partial class FormSession : IDisposable
{
    /// <summary>The password of whoever signed in here for the first time.</summary>
    public const string ChosenPassword = "a horse eats hay at noon";

    private readonly CookieContainer _cookies = new();
    private readonly HttpClientHandler _handler;

    public FormSession(Uri server)
    {
        _handler = new HttpClientHandler { CookieContainer = _cookies, AllowAutoRedirect = false };
        Client = new HttpClient(_handler) { BaseAddress = server };
        Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public HttpClient Client { get; }

    /// <summary>Its cookies, by name.</summary>
    public IReadOnlyList<Cookie> Cookies => [.. _cookies.GetAllCookies().Cast<Cookie>()];

    /// <summary>Signs in with a one-time password, changes it as the server asks, and signs in with the new one.</summary>
    /// <returns>The browser, signed in.</returns>
    public static async Task<FormSession> SignInFirstAsync(Uri server, string name, string oneTime, string password = ChosenPassword)
    {
        var session = new FormSession(server);
        await session.SignInAsync(name, oneTime);
        using var changed = await session.SendAsync("/account", "/account/password", ("present", oneTime), ("wanted", password), ("again", password));
        RequireRedirect(changed, "/sign-in");
        await session.SignInAsync(name, password);
        return session;
    }

    /// <summary>Signs in, which must succeed.</summary>
    public async Task SignInAsync(string name, string password = ChosenPassword)
    {
        using var answer = await SendAsync("/sign-in", "/sign-in", ("name", name), ("password", password), ("return", "/"));
        RequireRedirect(answer, "/");
    }

    /// <summary>Fills in a form of a page and sends it.</summary>
    /// <param name="page">The page of the form.</param>
    /// <param name="action">Where it is sent.</param>
    /// <param name="fields">What is filled in.</param>
    public async Task<HttpResponseMessage> SendAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await Client.GetStringAsync(new Uri(page, UriKind.Relative));
        var token = Token().Match(html) is { Success: true } found ? found.Groups[1].Value : throw new InvalidOperationException($"{page} has no form.");
        using var content = new FormUrlEncodedContent(fields.Append(("form-token", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await Client.PostAsync(new Uri(action, UriKind.Relative), content);
    }

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }

    private static void RequireRedirect(HttpResponseMessage answer, string to)
    {
        if (answer.StatusCode != HttpStatusCode.Found || answer.Headers.Location?.OriginalString != to)
        {
            throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri} answered {answer.StatusCode} to {answer.Headers.Location}, not a redirect to {to}.");
        }
    }

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
