using System.Net.Http.Headers;
using System.Text;
using ColdChain.Core.People;
using ColdChain.Server.Projections;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace ColdChain.Server.Tests.Api;

/// <summary>
/// Every endpoint that the server maps, asked by everybody there is: nobody, each role, each scope of a token, and the token of the data folder. An
/// endpoint that is not in the table fails the test, and what the table does not allow must be refused.
/// </summary>
public sealed class AccessTests
{
    private const string Tiles = See + " wall";
    private const string See = Roles + " read api";
    private const string Roles = "viewer technician biomedical quality admin auditor";
    private const string Acknowledging = "technician biomedical quality";
    private const string Preparing = "technician biomedical quality";
    private const string Reviewing = "biomedical quality";
    private const string Everybody = "nobody " + Roles + " wall read read-audit read-holds write-contents write-windows operate report-delivery watch api";

    private static readonly Dictionary<string, string> Table = new()
    {
        ["GET /health"] = Everybody,
        ["GET /health/deep"] = "admin watch api",
        ["GET /openapi/{documentName}.json"] = See,
        ["GET /api/v1/units"] = See,
        ["GET /api/v1/units/{id}"] = See,
        ["GET /api/v1/units/{id}/contents/"] = See,
        ["POST /api/v1/units/{id}/contents/"] = "technician write-contents api",
        ["POST /api/v1/units/{id}/contents/leave"] = "technician write-contents api",
        ["GET /api/v1/units/{id}/windows/"] = See,
        ["POST /api/v1/units/{id}/windows/"] = "technician biomedical write-windows api",
        ["POST /api/v1/units/{id}/windows/{window}/end"] = "technician biomedical write-windows api",
        ["POST /api/v1/units/{id}/contents/move"] = "technician write-contents api",
        ["POST /api/v1/stock-snapshot"] = "technician write-contents api",
        ["GET /api/v1/look-back"] = See,
        ["POST /api/v1/look-back"] = Acknowledging,
        ["GET /api/v1/holds/{id}"] = See,
        ["POST /api/v1/holds/proposals"] = "technician quality",
        ["POST /api/v1/holds/decisions"] = "quality",
        ["GET /api/v1/findings/{id}/case"] = See,
        ["POST /api/v1/findings/{id}/case"] = Acknowledging,
        ["GET /api/v1/exposures/{id}/case"] = See,
        ["POST /api/v1/exposures/{id}/case"] = Acknowledging,
        ["GET /api/v1/hold-notices"] = "read-holds api",
        ["POST /api/v1/hold-notices/{id}/receipt"] = "read-holds api",
        ["GET /api/v1/excursions"] = See,
        ["GET /api/v1/excursions/{id}"] = See,
        ["GET /api/v1/unknown-times"] = See,
        ["GET /api/v1/holds"] = See,
        ["GET /api/v1/issue-check"] = See,
        ["GET /api/v1/blood-units/{donation}/{product}/exposure"] = See,
        ["GET /api/v1/readings"] = See,
        ["GET /api/v1/devices"] = See,
        ["GET /api/v1/incidents"] = See,
        ["GET /api/v1/incidents/{id}"] = See,
        ["POST /api/v1/incidents/{id}/acknowledgement"] = "technician biomedical quality",
        ["POST /api/v1/alert-receipts"] = "report-delivery api",
        ["GET /alarms"] = See,
        ["GET /incidents/{id:long}"] = See,
        ["POST /incidents/{id:long}/acknowledge"] = "technician biomedical quality",
        ["POST /incidents/{id:long}/shelve"] = "technician biomedical quality",
        ["POST /incidents/{id:long}/shelvings/{shelving:long}/confirm"] = "technician biomedical quality",
        ["POST /incidents/{id:long}/shelvings/{shelving:long}/end"] = "technician biomedical quality",
        ["GET /on-call"] = See,
        ["POST /on-call/"] = "biomedical admin",
        ["POST /on-call/{slot:long}/remove"] = "biomedical admin",
        ["POST /on-call/contacts"] = "biomedical admin",
        ["GET /a/{secret}/"] = Everybody,
        ["POST /a/{secret}/"] = Everybody,
        ["GET /api/v1/reports"] = See,
        ["GET /api/v1/reports/tasks"] = See,
        ["GET /api/v1/reports/{number}"] = See,
        ["GET /api/v1/reports/{number}/file"] = See,
        ["GET /reports/{number}/file"] = See,
        ["POST /api/v1/reports/{number}/preparation"] = Preparing,
        ["POST /api/v1/reports/{number}/signatures"] = Reviewing,
        ["GET /reports"] = See,
        ["GET /reports/open"] = See,
        ["GET /reports/{number}"] = See,
        ["GET /reports/{number}/prepare"] = See,
        ["GET /reports/{number}/sign"] = See,
        ["POST /reports/{number}/prepare"] = Preparing,
        ["POST /reports/{number}/sign"] = Reviewing,
        ["GET /api/v1/events"] = "quality admin auditor read-audit api",
        ["GET /api/v1/audit"] = "quality admin auditor read-audit api",
        ["GET /audit"] = "quality admin auditor read-audit api",
        ["POST /api/v1/projections/influx/rebuild"] = "admin operate api",
        ["POST /api/v1/projections/influx/compare"] = "admin operate api",
        ["GET /"] = Tiles,
        ["GET /live"] = Tiles,
        ["GET /units/{id}/day.svg"] = Tiles,
        ["GET /units/{id}"] = See,
        ["GET /units/{id}/series"] = See,
        ["GET /excursions/{id}"] = See,
        ["GET /blood-units/{donation}/{product}"] = See,
        ["GET /excursions/{id}/case"] = See,
        ["POST /excursions/{id}/case/enter"] = Acknowledging,
        ["POST /excursions/{id}/case/propose"] = "technician quality",
        ["POST /excursions/{id}/case/sign"] = "quality",
        ["GET /exposures/{id}/case"] = See,
        ["POST /exposures/{id}/case/enter"] = Acknowledging,
        ["POST /exposures/{id}/case/propose"] = "technician quality",
        ["POST /exposures/{id}/case/sign"] = "quality",
        ["GET /holds"] = See,
        ["POST /holds/propose"] = "technician quality",
        ["POST /holds/sign"] = "quality",
        ["GET /look-back"] = See,
        ["POST /look-back"] = Acknowledging,
        ["GET /scan"] = "technician write-contents api",
        ["POST /scan"] = "technician write-contents api",
        ["GET /stock"] = "technician write-contents api",
        ["POST /stock"] = "technician write-contents api",
        ["GET /assets/{**name}"] = Everybody,
        ["GET /sign-in"] = Everybody,
        ["POST /sign-in"] = Everybody,
        ["GET /wall"] = Everybody,
        ["POST /sign-out"] = Roles,
        ["GET /account"] = Roles,
        ["POST /account/password"] = Roles,
        ["POST /account/second-factor"] = Roles,
        ["POST /account/second-factor/confirm"] = Roles,
        ["GET /fleet/"] = "biomedical admin",
        ["POST /fleet/"] = "biomedical admin",
        ["POST /fleet/{id}/approve"] = "biomedical admin",
        ["POST /fleet/{id}/refuse"] = "biomedical admin",
        ["GET /people/"] = "admin",
        ["POST /people/"] = "admin",
        ["POST /people/{name}/grant"] = "admin",
        ["POST /people/{name}/revoke"] = "admin",
        ["POST /people/{name}/disable"] = "admin",
        ["POST /people/{name}/enable"] = "admin",
        ["POST /people/{name}/reset"] = "admin",
        ["POST /people/tokens"] = "admin",
        ["POST /people/tokens/{name}/revoke"] = "admin",
    };

    [Fact]
    public async Task Endpoint_ForEverybodyThereIs_LetsInWhomTheTableNames()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync(new InfluxOptions { Address = new Uri("http://127.0.0.1:9") });
        var asked = await EverybodyAsync(server.App);
        var wrong = new List<string>();
        foreach (var (endpoint, method, pattern) in Endpoints(server.App))
        {
            if (!Table.TryGetValue($"{method} {pattern}", out var allowed))
            {
                wrong.Add($"{method} {pattern} is not in the table: say who is let in");
                continue;
            }

            foreach (var (name, client) in asked)
            {
                using var request = RequestTo(endpoint, method, asked["wall"]);
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                var isIn = (int)answer.StatusCode is not (401 or 403) && answer.Headers.Location?.OriginalString.StartsWith("/sign-in?return", StringComparison.Ordinal) != true;
                if (isIn != allowed.Split(' ').Contains(name))
                {
                    wrong.Add($"{method} {pattern} for {name}: {(int)answer.StatusCode}");
                }
            }
        }

        wrong.Should().BeEmpty();
        Table.Keys.Except(Endpoints(server.App).Select(known => $"{known.Method} {known.Pattern}")).Should().BeEmpty("what is not there any more leaves the table");
        asked.Keys.Should().BeEquivalentTo(Everybody.Split(' '));
        asked.Values.ToList().ForEach(client => client.Dispose());
    }

    /// <summary>Deny by default: an endpoint that says nothing lets nobody in.</summary>
    [Fact]
    public async Task Endpoint_EachOfThem_SaysWhoIsLetIn()
    {
        await using var scene = await Scene.OpenAsync();
        await using var server = await scene.ServeAsync();

        server.App.Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<ColdChain.Server.Fleet.Access>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText).Should().BeEmpty();
    }

    private static async Task<Dictionary<string, HttpClient>> EverybodyAsync(ServerApp app)
    {
        var asked = new Dictionary<string, HttpClient> { ["nobody"] = Client(app, token: null), ["api"] = Client(app, app.Token.Value) };
        var by = Actor.Person("test", from: null);
        foreach (var role in Enum.GetValues<Role>())
        {
            var name = RoleWords.Of(role);
            var account = name == "admin" ? "other-admin" : name;
            var oneTime = (await app.Accounts.AddAsync(account, name, "en", by, CancellationToken.None)).Secret!;
            await app.Accounts.GrantAsync(account, new Grant(role, Scope.Nation), by, CancellationToken.None);
            asked[name] = (await FormSession.SignInFirstAsync(app.Address, account, oneTime)).Client;
        }

        foreach (var scope in TokenScopes.All)
        {
            asked[scope] = Client(app, (await app.Tokens.MakeAsync($"t-{scope}", [scope], Scope.Nation, by, CancellationToken.None)).Secret!);
        }

        return asked;
    }

    private static HttpClient Client(ServerApp app, string? token)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static IEnumerable<(RouteEndpoint Endpoint, string Method, string Pattern)> Endpoints(ServerApp app) =>
        from endpoint in app.Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (endpoint, method, endpoint.RoutePattern.RawText!);

    // Good enough to get past the gate: what comes of it is for other tests.
    private static HttpRequestMessage RequestTo(RouteEndpoint endpoint, string method, HttpClient wall)
    {
        var path = endpoint.RoutePattern.RawText!
            .Replace("{id:long}", "1", StringComparison.Ordinal)
            .Replace("{id}", endpoint.RoutePattern.RawText!.Contains("units", StringComparison.Ordinal) ? "fridge-1" : "1", StringComparison.Ordinal)
            .Replace(":long}", "}", StringComparison.Ordinal).Replace("{shelving}", "1", StringComparison.Ordinal).Replace("{slot}", "1", StringComparison.Ordinal).Replace("{secret}", "none", StringComparison.Ordinal).Replace("{number}", "EX-1", StringComparison.Ordinal)
            .Replace("{documentName}", "v1", StringComparison.Ordinal).Replace("{donation}", "W000026123456", StringComparison.Ordinal).Replace("{product}", "RBC", StringComparison.Ordinal)
            .Replace("{**name}", "base.css", StringComparison.Ordinal).Replace("{name}", "somebody", StringComparison.Ordinal).Replace("{window}", "1", StringComparison.Ordinal);
        var query = path == "/wall" ? $"?token={wall.DefaultRequestHeaders.Authorization!.Parameter}" : "";
        var isJson = endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null;
        return new HttpRequestMessage(new HttpMethod(method), path + query)
        {
            Content = method == "GET" ? null : isJson ? new StringContent("{}", Encoding.UTF8, "application/json") : new FormUrlEncodedContent([]),
        };
    }
}
