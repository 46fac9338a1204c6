using ColdChain.Server.Fleet;
using Microsoft.AspNetCore.Http.Metadata;

namespace ColdChain.Server.Api;

/// <summary>Refuses query parameters that the endpoint does not know: a misspelt filter must not answer as if there were none.</summary>
internal static class KnownQuery
{
    public static ValueTask<object?> Require(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var known = http.GetEndpoint()!.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() // A filter runs for an endpoint only.
            .Where(parameter => parameter.ParameterInfo.ParameterType == typeof(string) && !http.Request.RouteValues.ContainsKey(parameter.Name))
            .Select(parameter => parameter.Name)
            .ToList();
        var unknown = http.Request.Query.Keys.FirstOrDefault(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase));
        return unknown is null
            ? next(context)
            : throw new RefusalException(
                RefusalKind.Invalid,
                unknown,
                $"there is no parameter '{unknown}' here",
                known.Count == 0 ? "leave it out" : $"use one of: {string.Join(", ", known)}");
    }
}
