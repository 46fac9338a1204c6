using System.Text;
using ColdChain.Server;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace ColdChain.Fuzz.Tests.Http;

/// <summary>One good request for each endpoint that the application maps, found by asking it: a new endpoint is fuzzed without anybody adding it.</summary>
internal static class RequestSeeds
{
    /// <summary>Stands for the token, which is another one in each run.</summary>
    public const string Token = "{token}";

    private static readonly Dictionary<string, string> Values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["unit"] = "fridge-1",
        ["donation"] = "W000026000001F",
        ["product"] = "RBC",
        ["open"] = "true",
        ["at"] = "2026-01-05T08:00:00Z",
        ["from"] = "2099-01-05T08:00:00Z", // Windows are to come, and no longer than a working day.
        ["to"] = "2099-01-05T12:00:00Z",
        ["in"] = "2026-01-05T08:00:00Z",
        ["out"] = "2026-01-06T08:00:00Z",
        ["site"] = "atlas",
        ["kind"] = "maintenance",
        ["name"] = "pages.css",
        ["number"] = "SU-fridge-1_2026-01",
        ["about"] = "SU-fridge-1",
        ["period"] = "month",
        ["day"] = "2026-01-05",
        ["format"] = "json",
        ["lang"] = "fr",
        ["revision"] = "0",
        ["zone"] = "Africa/Casablanca",
    };

    /// <summary>Each endpoint's pattern and methods, and a request for it.</summary>
    public static IReadOnlyList<(string Endpoint, byte[] Request)> Of(ServerApp app) =>
    [
        .. from endpoint in app.Endpoints.OfType<RouteEndpoint>()
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           select ($"{method} {endpoint.RoutePattern.RawText}", Request(endpoint, method)),
    ];

    /// <summary>A request as bytes.</summary>
    public static byte[] Request(string method, string target, string? body = null) => Encoding.UTF8.GetBytes(
        $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Token}\r\n"
        + (body is null ? "\r\n" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));

    private static byte[] Request(RouteEndpoint endpoint, string method)
    {
        var path = string.Concat(endpoint.RoutePattern.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(part => Text(endpoint, part)))));
        var inPath = endpoint.RoutePattern.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var query = endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .Where(parameter => parameter.ParameterInfo.ParameterType == typeof(string) && !inPath.Contains(parameter.Name))
            .Select(parameter => $"{parameter.Name}={Values.GetValueOrDefault(parameter.Name, "1")}");
        var target = string.Join('?', new[] { path.Length == 0 ? "/" : path, string.Join('&', query) }.Where(part => part.Length > 0));
        return Request(method, target, endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type ? Body(type) : null);
    }

    // An {id} is of a storage unit below /units, and a number elsewhere.
    private static string Text(RouteEndpoint endpoint, Microsoft.AspNetCore.Routing.Patterns.RoutePatternPart part) => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "documentName" } => "v1",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "id" } when endpoint.RoutePattern.RawText!.Contains("units", StringComparison.Ordinal) => "fridge-1",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => Values.GetValueOrDefault(parameter.Name, "1"),
        _ => "",
    };

    // The window of the seeds is of a whole storage unit: a probe would make it another kind. What is moved goes to a storage unit, not until a time.
    private static string Body(Type type)
    {
        var isMove = type.Name.StartsWith("Move", StringComparison.Ordinal);
        var members = type.GetProperties().Where(property => property.PropertyType == typeof(string) && property.Name != "Probe").Select(property => property.Name.ToLowerInvariant());
        return $"{{{string.Join(',', members.Select(name => $"\"{name}\":\"{Values.GetValueOrDefault(isMove && name == "to" ? "unit" : name, "1")}\""))}}}";
    }
}
