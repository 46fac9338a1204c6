using System.Net;
using ColdChain.Server.Api;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Api;

/// <summary>A program gone wild takes nothing from the others.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private Scene _scene = null!;
    private ServedScene _server = null!;

    public async Task InitializeAsync()
    {
        _scene = await Scene.OpenAsync();
        _server = await _scene.ServeAsync(change: options => options with { RequestsPerMinute = RateLimits.Least });
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _scene.DisposeAsync();
    }

    [Fact]
    public async Task Program_ThatAsksWithoutEnd_IsToldToWait_AndTheOthersAreServed()
    {
        var refused = await RefusedAsync("/api/v1/units");

        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        var problem = await ServedScene.BodyAsync(refused, 429);
        ((string)problem["reason"]!).Should().Be("token:api asks more often than http.requestsPerMinute allows");

        using var other = new HttpClient { BaseAddress = _server.App.Address };
        (await other.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
        using var admin = await FormSession.SignInFirstAsync(_server.App.Address, Server.People.Accounts.FirstName, _server.App.FirstPassword!);
        (await admin.Client.GetAsync(new Uri("/people", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Program_ThatHasWaited_IsServedAgain()
    {
        await RefusedAsync("/api/v1/holds");

        await Eventually.HoldsAsync(async () => (await _server.AskAsync("/api/v1/holds")).IsSuccessStatusCode);
    }

    /// <summary>An alarm at night must not wait for a program gone wild at the same desk, nor for anything else.</summary>
    [Fact]
    public async Task Acknowledging_NeverWaits()
    {
        using var admin = await FormSession.SignInFirstAsync(_server.App.Address, Server.People.Accounts.FirstName, _server.App.FirstPassword!);
        (await AskedOutAsync(() => admin.Client.GetAsync(new Uri("/account", UriKind.Relative)))).Should().Be(HttpStatusCode.TooManyRequests);

        (await admin.Client.PostAsync(new Uri("/api/v1/incidents/1/acknowledgement", UriKind.Relative), null)).StatusCode.Should().NotBe(HttpStatusCode.TooManyRequests);
        (await admin.Client.PostAsync(new Uri("/incidents/1/acknowledge", UriKind.Relative), null)).StatusCode.Should().NotBe(HttpStatusCode.TooManyRequests);
        using var stranger = new HttpClient { BaseAddress = _server.App.Address };
        (await AskedOutAsync(() => stranger.GetAsync(new Uri("/sign-in", UriKind.Relative)))).Should().Be(HttpStatusCode.TooManyRequests);
        (await stranger.GetAsync(new Uri("/a/none", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await stranger.PostAsync(new Uri("/a/none", UriKind.Relative), null)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> AskedOutAsync(Func<Task<HttpResponseMessage>> ask)
    {
        for (var asked = 0; asked < 100 * RateLimits.Least; asked++)
        {
            if (await ask() is { StatusCode: HttpStatusCode.TooManyRequests })
            {
                return HttpStatusCode.TooManyRequests;
            }
        }

        return HttpStatusCode.OK;
    }

    private async Task<HttpResponseMessage> RefusedAsync(string path)
    {
        for (var asked = 0; asked < 100 * RateLimits.Least; asked++)
        {
            if (await _server.AskAsync(path) is { StatusCode: not HttpStatusCode.OK } refused)
            {
                return refused;
            }
        }

        throw new InvalidOperationException($"{path} was served {100 * RateLimits.Least} times.");
    }
}
