using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ColdChain.Server.Api;

/// <summary>What the OpenAPI document says of the API as a whole.</summary>
internal static class ApiDescription
{
    private const string Scheme = "bearer";

    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new OpenApiInfo
        {
            Title = "ColdChain",
            Version = "v1",
            Description = "The cold chain of blood: storage units, excursions, holds, issue check. Decision support, not validated. "
                + "Times are UTC, ISO 8601 in milliseconds; temperatures are degrees Celsius.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Scheme, Description = "The API token that the server prints at its start." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    });
}
