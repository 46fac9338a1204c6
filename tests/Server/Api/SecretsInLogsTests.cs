using System.Collections.Concurrent;
using System.Net;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.People;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.Logging;

namespace ColdChain.Server.Tests.Api;

/// <summary>Whoever reads the log, an event or a refusal learns no password, token, secret or code.</summary>
public sealed class SecretsInLogsTests
{
    private const string Password = "a quiet fridge hums in the dark";
    private const string Wrong = "typed by mistake: my bank's password";
    private const string Device = "the secret of a device";
    private static readonly Actor By = Actor.Person("test", from: null);

    [Fact]
    public async Task Secrets_StandInNoLineOfTheLog_AndInNoEvent()
    {
        using var log = new KeptLog();
        await using var scene = await Scene.OpenAsync();
        await using var server = await scene.ServeAsync(logging: logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
        var app = server.App;
        var made = (await app.Tokens.MakeAsync("lims", ["read"], Scope.Nation, By, CancellationToken.None)).Secret!;
        var wall = (await app.Tokens.MakeAsync("screen", [TokenScopes.Wall], Scope.Nation, By, CancellationToken.None)).Secret!;
        app.Devices.Set(new DeviceId("pi-001"), Device);
        using var admin = await FormSession.SignInFirstAsync(app.Address, Accounts.FirstName, app.FirstPassword!, Password);
        using var stranger = new FormSession(app.Address);
        (await stranger.SendAsync("/sign-in", "/sign-in", ("name", Accounts.FirstName), ("password", Wrong), ("return", "/"))).StatusCode.Should().NotBe(HttpStatusCode.Found);
        (await stranger.SendAsync("/sign-in", "/sign-in", ("name", Wrong), ("password", Password), ("return", "/"))).StatusCode.Should().NotBe(HttpStatusCode.Found);
        await AskAsync(app.Address, made, "/api/v1/units");
        await AskAsync(app.Address, made + "x", "/api/v1/units");
        (await stranger.Client.GetAsync(new Uri($"/wall?token={wall}", UriKind.Relative))).StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.Found);

        string[] secrets = [Password, Wrong, app.FirstPassword!, app.Token.Value, made, wall, Device, .. admin.Cookies.Select(cookie => cookie.Value)];
        var events = app.Store.Read(session => EventLog.Read(session, 0, 1000)).ConvertAll(row => row.ToString());
        log.Lines.Should().NotBeEmpty("a log that nothing was written to would hide nothing");
        events.Should().Contain(text => text.Contains(EventKinds.SignInRefused, StringComparison.Ordinal));
        log.Lines.Concat(events).Should().NotContain(line => secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
    }

    private static async Task AskAsync(Uri server, string token, string path)
    {
        using var client = new HttpClient { BaseAddress = server };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        (await client.GetAsync(new Uri(path, UriKind.Relative))).Dispose();
    }

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
